using System.Text.Json;

namespace Providers.Vision.Azure;

/// <summary>Reads Azure's answers.</summary>
internal static class VisionReading
{
    extension(VisionAnswer answer)
    {
        /// <exception cref="JsonException">What was asked for isn't there, or isn't any.</exception>
        public ImageReading ReadingOf(AzureVisionOptions asked) => new(
            [.. (answer.ReadResult ?? throw new JsonException("There is no text.")).AllLines.Select(TextOf)],
            asked.Caption ? CaptionOf(answer.CaptionResult ?? throw new JsonException("There is no caption.")) : null,
            asked.Tags ? [.. ((answer.TagsResult ?? throw new JsonException("There are no tags.")).Values ?? []).Select(TagOf)] : []);
    }

    extension(VisionText text)
    {
        private IEnumerable<VisionLine> AllLines => (text.Blocks ?? []).SelectMany(block => block.Lines ?? []);
    }

    private static TextLine TextOf(VisionLine line) => new(
        line.Text ?? throw new JsonException("A line has no text."),
        line.Words is { Count: > 0 } words ? words.Average(word => Confidence(word.Confidence)) : null);

    private static Described CaptionOf(VisionCaption caption) =>
        new(caption.Text ?? throw new JsonException("The caption has no text."), Confidence(caption.Confidence));

    private static Described TagOf(VisionTag tag) => new(tag.Name ?? throw new JsonException("A tag has no name."), Confidence(tag.Confidence));

    private static double Confidence(double? confidence) =>
        confidence is >= 0 and <= 1 ? confidence.Value : throw new JsonException("A confidence is not 0 to 1.");
}
