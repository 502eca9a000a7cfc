namespace Features.Flashcards;

/// <summary>One study card.</summary>
/// <param name="Question">A question, or a sentence with a blank.</param>
/// <param name="Answer">What answers it, or fills the blank.</param>
/// <param name="Source">The sentence of the text that it comes from.</param>
public sealed record Flashcard(string Question, string Answer, string Source);

/// <summary>What a model is asked for.</summary>
internal sealed record FlashcardSet(IReadOnlyList<Flashcard> Flashcards);

/// <summary>The result of a job: the cards, best first, and the tokens that making them took, read and written.</summary>
public sealed record FlashcardsResult(IReadOnlyList<Flashcard> Flashcards, long TokenUsage);
