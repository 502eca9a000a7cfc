namespace Providers.Local.Flashcards;

/// <summary>
/// Takes the best card, then again the best of those left that is unlike all taken, preferring paragraphs that have
/// given few. Each taken card is a prefix of the order for a longer deck. A sentence gives one card, and a second
/// only when the page has nothing else.
/// </summary>
internal static class CardSelector
{
    private const double PerParagraph = 0.08;
    private const double PerSentence = 10;

    public static List<Card> Select(IEnumerable<(Card Card, double Score)> ranked, int count, Func<Card, bool> isFit)
    {
        var left = ranked.OrderByDescending(item => item.Score).ThenBy(item => item.Card.Sentence.Index)
            .Select(item => new Candidate(item.Card, item.Score)).ToList();
        List<Candidate> taken = [];
        Dictionary<int, int> paragraphs = [];
        HashSet<int> sentences = [];
        while (taken.Count < count && left.Count > 0)
        {
            var best = left.MaxBy(item => item.Score
                - (PerParagraph * paragraphs.GetValueOrDefault(item.Card.Sentence.Paragraph))
                - (sentences.Contains(item.Card.Sentence.Index) ? PerSentence : 0))!; // The list is not empty.
            left.Remove(best);
            if (isFit(best.Card) && !taken.Any(best.IsLike))
            {
                taken.Add(best);
                sentences.Add(best.Card.Sentence.Index);
                paragraphs[best.Card.Sentence.Paragraph] = paragraphs.GetValueOrDefault(best.Card.Sentence.Paragraph) + 1;
            }
        }

        return [.. taken.Select(item => item.Card)];
    }

    private sealed record Candidate(Card Card, double Score)
    {
        private readonly Likeness likeness = new(Card);

        public bool IsLike(Candidate other) => likeness.IsLike(other.likeness);
    }
}
