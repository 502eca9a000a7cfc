using System.Collections.Frozen;
using Providers.Local.Embeddings;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Answers;

/// <summary>What is asked, as the words that an answer should hold.</summary>
internal sealed class Question
{
    // Of a word that many questions have for their form: "What does X mean?" is about X.
    private const double OfForm = 0.25;

    // Of a word of the question before, which one that follows from it leaves out.
    private const double OfEarlier = 0.6;

    private const int FewWords = 4;
    private const int MostCharacters = 2_000;

    private static readonly FrozenSet<string> Forms = WordList.Of("""
        mean means meaning explain describe tell work works happen happens called call define definition know give say says teach teaches
        taught learn learned show example examples difference different kind kinds type types use used uses purpose reason reasons many much
        long please want need find list name names way ways thing things make makes course courses material book text chapter
        """);

    private Question(Dictionary<string, double> weights, QuestionKind kind) => (Weights, Kind) = (weights, kind);

    /// <summary>How much each stem counts.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; }

    public QuestionKind Kind { get; }

    /// <param name="text">The question.</param>
    /// <param name="before">The one that was asked before it, or null.</param>
    public static Question Read(string text, string? before)
    {
        var words = Words.Of(Beginning(text));
        Dictionary<string, double> weights = new(StringComparer.Ordinal);
        Add(weights, words, 1);
        if (before is not null && words.Count <= FewWords)
        {
            Add(weights, Words.Of(Beginning(before)), OfEarlier);
        }

        return new(weights, KindOf(words));
    }

    private static void Add(Dictionary<string, double> weights, List<Word> words, double weight)
    {
        foreach (var word in words.Where(word => !FunctionWords.Contains(word.Bare)))
        {
            weights.TryAdd(EnglishStem.Of(word.Bare), Forms.Contains(word.Bare) ? weight * OfForm : weight);
        }
    }

    private static QuestionKind KindOf(List<Word> words)
    {
        var first = words.Count > 0 ? words[0].Lower : "";
        var second = words.Count > 1 ? words[1].Lower : "";
        return (first, second) switch
        {
            ("who" or "whose", _) => QuestionKind.Who,
            ("when", _) or ("what", "year") => QuestionKind.When,
            ("how", "many" or "much" or "long") => QuestionKind.HowMuch,
            ("why", _) => QuestionKind.Why,
            ("what", "is" or "are" or "was" or "were") or ("define", _) => QuestionKind.WhatIs,
            _ => QuestionKind.Other,
        };
    }

    private static string Beginning(string text) => text.Length > MostCharacters ? text[..MostCharacters] : text;
}

/// <summary>What a question is after, by its first words.</summary>
internal enum QuestionKind
{
    Other,
    WhatIs,
    Who,
    When,
    HowMuch,
    Why,
}
