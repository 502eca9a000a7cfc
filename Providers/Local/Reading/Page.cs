using System.Text.RegularExpressions;

namespace Providers.Local.Reading;

internal sealed partial class Page
{
    private readonly string plain;

    private Page(string plain, List<Sentence> sentences)
    {
        this.plain = plain;
        Sentences = sentences;
        Vocabulary = new Vocabulary(sentences);
    }

    /// <summary>The sentences that can be read, each once, in the order of the text.</summary>
    public IReadOnlyList<Sentence> Sentences { get; }

    public Vocabulary Vocabulary { get; }

    public static Page Read(string text)
    {
        List<Sentence> sentences = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        var paragraph = 0;
        foreach (var block in BlockReader.Read(text))
        {
            paragraph++;
            foreach (var source in block.IsHeading ? [] : SentenceSplitter.Split(block.Text))
            {
                if (seen.Add(source))
                {
                    var sentence = new Sentence(sentences.Count, paragraph, Marks.Remove(source), source);
                    if (EnglishProse.IsReadable(sentence))
                    {
                        sentences.Add(sentence);
                    }
                }
            }
        }

        return new Page(Spaces.Replace(text, " "), sentences);
    }

    /// <summary>Whether the text says this word for word, capitals and white space apart.</summary>
    public bool Says(string words) => plain.Contains(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces { get; }
}
