using Features.Documents.Reading;

namespace Features.PdfFlashcards;

/// <summary>Pages that cards are made of in one call.</summary>
internal sealed record Section(IReadOnlyList<PdfPage> Pages)
{
    // Characters. Below the first a model has little to choose from; above the second an answer takes long, and costs more if it fails.
    private const int Least = 12_000;
    private const int Most = 60_000;
    private const int FewAtMost = 24;

    public int FirstPage => Pages[0].Number;

    public int LastPage => Pages[^1].Number;

    public string Text => string.Join("\n\n", Pages.Select(page => page.Text));

    /// <returns>The document in parts of about the same length: as many as do, and no more than make sense for it.</returns>
    public static IReadOnlyList<Section> Of(IReadOnlyList<PdfPage> pages)
    {
        var length = Math.Clamp(pages.Sum(page => page.Text.Length) / FewAtMost, Least, Most);
        var sections = new List<Section>();
        var current = new List<PdfPage>();
        var characters = 0;
        foreach (var page in pages.Where(page => page.Text.Length > 0))
        {
            if (characters > 0 && characters + page.Text.Length > length)
            {
                sections.Add(new([.. current]));
                current.Clear();
                characters = 0;
            }

            current.Add(page);
            characters += page.Text.Length;
        }

        return current.Count == 0 ? sections : [.. sections, new(current)];
    }

    /// <returns>The page that a sentence is on; the first where it can't be told, as a model may have changed it.</returns>
    public int PageOf(string sentence)
    {
        var words = Words(sentence);
        return Pages.FirstOrDefault(page => Words(page.Text).Contains(words, StringComparison.OrdinalIgnoreCase), Pages[0]).Number;
    }

    private static string Words(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
