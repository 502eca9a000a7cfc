using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>A stretch of a sentence that may be a noun phrase: the words from First up to and without End.</summary>
internal readonly record struct Term(Sentence Sentence, int First, int End)
{
    public int Count => End - First;

    public Word Head => Sentence.Words[End - 1];

    public IEnumerable<Word> Words => Sentence.Words.Skip(First).Take(Count);

    public string Text => Sentence.Text[Sentence.Words[First].Start..Sentence.Words[End - 1].End];

    /// <summary>The same for "light reaction" and "Light reactions".</summary>
    public string Key => string.Join(' ', Words.Select(word => word.Stem));
}
