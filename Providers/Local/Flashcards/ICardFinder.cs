using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>One way of making cards from a sentence; it gives only those that stand without the sentence's neighbours.</summary>
internal interface ICardFinder
{
    IEnumerable<Card> Find(Sentence sentence);
}
