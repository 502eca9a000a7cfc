namespace Providers;

/// <summary>What an image shows.</summary>
/// <param name="Lines">What is written in it, from top to bottom as far as the provider finds out; none if nothing is.</param>
/// <param name="Caption">It in one sentence; null where the provider writes none.</param>
/// <param name="Tags">Words for it, the surest first; none where the provider gives none.</param>
public sealed record ImageReading(IReadOnlyList<TextLine> Lines, Described? Caption, IReadOnlyList<Described> Tags);

/// <summary>A line of text in an image.</summary>
/// <param name="Text">The line.</param>
/// <param name="Confidence">How sure the provider is of it, 0 to 1: the mean of its words; null where it doesn't say.</param>
public sealed record TextLine(string Text, double? Confidence);

/// <summary>Something said of an image.</summary>
/// <param name="Text">What.</param>
/// <param name="Confidence">How sure the provider is of it, 0 to 1.</param>
public sealed record Described(string Text, double Confidence);
