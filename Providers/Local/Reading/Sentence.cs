namespace Providers.Local.Reading;

/// <param name="index">The place in the page, counting sentences.</param>
/// <param name="paragraph">The block it stands in; a list item is a block of its own.</param>
/// <param name="text">What is read: without citation marks, emphasis and pointers to figures.</param>
/// <param name="source">What was written, with white space made single.</param>
internal sealed class Sentence(int index, int paragraph, string text, string source)
{
    public int Index => index;

    public int Paragraph => paragraph;

    public string Text => text;

    public string Source => source;

    public IReadOnlyList<Word> Words { get; } = Reading.Words.Of(text);
}
