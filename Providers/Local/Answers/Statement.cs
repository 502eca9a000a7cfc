using Providers.Local.Reading;

namespace Providers.Local.Answers;

/// <summary>A sentence of the material, and the stems that it is found by.</summary>
internal sealed class Statement
{
    private Statement(Excerpt excerpt, Sentence sentence)
    {
        (Excerpt, Sentence) = (excerpt, sentence);
        Stems = ContentStems.Of(sentence.Words);
    }

    public Excerpt Excerpt { get; }

    public Sentence Sentence { get; }

    /// <summary>The stems of its words, without those that stand in every sentence.</summary>
    public IReadOnlySet<string> Stems { get; }

    /// <returns>The sentences of all excerpts, in order; one that stands in several is there once.</returns>
    public static IReadOnlyList<Statement> ReadAll(IEnumerable<Excerpt> excerpts, CancellationToken cancellationToken)
    {
        List<Statement> statements = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var excerpt in excerpts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            statements.AddRange(Page.Read(excerpt.Text).Sentences
                .Where(sentence => seen.Add(sentence.Source))
                .Select(sentence => new Statement(excerpt, sentence)));
        }

        return statements;
    }

    /// <summary>Whether it stands next to another in the same excerpt.</summary>
    public bool IsNextTo(Statement other) => Excerpt.Number == other.Excerpt.Number && Math.Abs(Sentence.Index - other.Sentence.Index) == 1;
}
