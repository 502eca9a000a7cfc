using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// How much a term is what the page is about, from 0 to 1. A word scores its degree (the words it stands together
/// with, itself included, summed over the page) by its frequency, as in RAKE; a term scores the mean of its words,
/// raised by the logarithm of its own count so that one long phrase said once doesn't outrank the subject.
/// </summary>
internal sealed class TermWeights
{
    private readonly Dictionary<string, double> weights = new(StringComparer.Ordinal);

    public TermWeights(Page page)
    {
        Dictionary<string, (int Degree, int Frequency)> words = new(StringComparer.Ordinal);
        Dictionary<string, (Term Term, int Count)> terms = new(StringComparer.Ordinal);
        foreach (var term in page.Sentences.SelectMany(TermExtractor.Candidates))
        {
            terms[term.Key] = (term, terms.GetValueOrDefault(term.Key).Count + 1);
            foreach (var word in term.Words)
            {
                var (degree, frequency) = words.GetValueOrDefault(word.Stem);
                words[word.Stem] = (degree + Math.Min(term.Count, 4), frequency + 1);
            }
        }

        foreach (var (key, (term, count)) in terms)
        {
            var mean = term.Words.Average(word => (double)words[word.Stem].Degree / words[word.Stem].Frequency);
            var shared = term.Words.Max(word => words[word.Stem].Frequency);
            weights[key] = mean * (1 + Math.Log(count) + (Math.Log(shared) / 2));
        }

        var most = weights.Values.DefaultIfEmpty(1).Max();
        foreach (var key in weights.Keys)
        {
            weights[key] /= most;
        }
    }

    public double Of(Term term) => weights.GetValueOrDefault(term.Key);

    /// <summary>The mean of the two heaviest terms: what the sentence is mainly about.</summary>
    public double Of(Sentence sentence) =>
        TermExtractor.Candidates(sentence).Select(Of).OrderDescending().Take(2).DefaultIfEmpty(0).Average();
}
