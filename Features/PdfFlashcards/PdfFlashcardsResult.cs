using Features.Flashcards;
using Features.Jobs;

namespace Features.PdfFlashcards;

/// <summary>What a client gets who asks for cards of a PDF.</summary>
public sealed record PdfFlashcardsReceipt : JobReceipt
{
    internal PdfFlashcardsReceipt(JobReceipt receipt, Guid sessionId)
        : base(receipt) => SessionId = sessionId;

    /// <summary>The making of these cards, to be asked for as <c>/api/pdf-sessions/{sessionId}</c>.</summary>
    public Guid SessionId { get; }
}

/// <summary>The cards of a PDF.</summary>
/// <param name="SessionId">Which making of cards it was.</param>
/// <param name="Flashcards">The cards, from all parts of the PDF in turn.</param>
/// <param name="Sections">How many parts the text was read in.</param>
/// <param name="FailedSections">The parts that no cards could be made of because something failed; none where all went well.</param>
/// <param name="TokenUsage">The tokens that making them took, read and written.</param>
public sealed record PdfFlashcardsResult(
    Guid SessionId, IReadOnlyList<PdfFlashcard> Flashcards, int Sections, IReadOnlyList<FailedSection> FailedSections, long TokenUsage);

/// <summary>A study card, and the page that it comes from.</summary>
public sealed record PdfFlashcard(string Question, string Answer, string Source, int Page)
{
    internal static PdfFlashcard Of(Flashcard card, int page) => new(card.Question, card.Answer, card.Source, page);
}

/// <summary>A part of a PDF that failed.</summary>
/// <param name="FirstPage">Its first page.</param>
/// <param name="LastPage">Its last page.</param>
/// <param name="Error">A stable word for why.</param>
public sealed record FailedSection(int FirstPage, int LastPage, string Error);
