using Providers;

namespace Features.Images;

/// <summary>The result of a job.</summary>
/// <param name="Text">What is written in the image, a line for each of its lines; empty if nothing is.</param>
/// <param name="Lines">The same line by line, with confidences from 0 to 1 where the provider has them.</param>
/// <param name="Caption">The image in one sentence, where the provider writes one.</param>
/// <param name="Tags">Words for it, the surest first; none where the provider gives none.</param>
/// <param name="Description">The caption's text; where there is none, what is known of the image: its kind, its size and how much is written in it.</param>
public sealed record ImageResult(
    string Text, IReadOnlyList<TextLine> Lines, Described? Caption, IReadOnlyList<Described> Tags, string Description)
{
    internal static ImageResult Of(ReadableImage image, ImageReading reading) => new(
        string.Join('\n', reading.Lines.Select(line => line.Text)),
        reading.Lines,
        reading.Caption,
        reading.Tags,
        reading.Caption?.Text ?? Describe(image, reading.Lines.Count));

    private static string Describe(ReadableImage image, int lines)
    {
        var kind = image.Kind switch { ImageKind.Png => "PNG", ImageKind.Jpeg => "JPEG", _ => "WebP" };
        var written = lines switch { 0 => "no text that could be read", 1 => "one line of text", _ => $"{lines} lines of text" };
        return $"A {kind} image of {image.Width} by {image.Height} pixels with {written}.";
    }
}
