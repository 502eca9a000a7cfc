namespace Providers.Local.Reading;

internal readonly record struct Word(string Text, int Start)
{
    public string Lower { get; } = Text.ToLowerInvariant();

    /// <summary>Without what hangs on it behind an apostrophe: it's and they're are it and they.</summary>
    public string Bare => Lower.IndexOfAny(['\'', '’']) is > 0 and var mark ? Lower[..mark] : Lower;

    public int End => Start + Text.Length;

    public bool IsCapitalised => char.IsUpper(Text[0]);

    public bool IsNumber => Text.All(character => char.IsDigit(character) || character is '.' or ',' or '–' or '-');

    /// <summary>The rough stem under which inflected forms meet: cell and cells, body and bodies, cause and causes.</summary>
    public string Stem => Words.Stem(Lower);
}
