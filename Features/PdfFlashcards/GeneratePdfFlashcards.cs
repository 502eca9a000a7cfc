using System.ComponentModel.DataAnnotations;
using Features.Jobs;

namespace Features.PdfFlashcards;

/// <summary>What a client may say of the cards that it asks for.</summary>
/// <param name="UserPrompt">What they shall be about, for a model that follows such words; the local one doesn't.</param>
/// <param name="Count">How many cards at most, 1 to 50.</param>
public sealed record PdfFlashcardsRequest([StringLength(1000), PlainText] string? UserPrompt = null, [Range(1, 50)] int Count = 20);

/// <summary>Asks for study cards of a PDF that was uploaded.</summary>
/// <param name="SessionId">What the client asks by.</param>
/// <param name="PdfId">The file.</param>
/// <param name="UserPrompt">What the cards shall be about, or null.</param>
/// <param name="Count">How many at most.</param>
internal sealed record GeneratePdfFlashcards(Guid SessionId, Guid PdfId, string? UserPrompt, int Count);
