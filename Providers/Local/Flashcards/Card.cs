using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <param name="Worth">How good a card of its kind is, from 0 to 1; the selection adds the weight of its terms.</param>
internal sealed record Card(string Question, string Answer, Sentence Sentence, double Worth)
{
    public const string Blank = "_____";

    public bool IsCloze => Question.Contains(Blank, StringComparison.Ordinal);
}
