namespace Providers.Vision.Azure;

/// <summary>An answer: a part for each feature that was asked for.</summary>
internal sealed record VisionAnswer(VisionCaption? CaptionResult, VisionTags? TagsResult, VisionText? ReadResult);

internal sealed record VisionCaption(string? Text, double? Confidence);

internal sealed record VisionTags(IReadOnlyList<VisionTag>? Values);

internal sealed record VisionTag(string? Name, double? Confidence);

internal sealed record VisionText(IReadOnlyList<VisionBlock>? Blocks);

internal sealed record VisionBlock(IReadOnlyList<VisionLine>? Lines);

internal sealed record VisionLine(string? Text, IReadOnlyList<VisionWord>? Words);

internal sealed record VisionWord(double? Confidence);
