using System.ComponentModel.DataAnnotations;
using Features.Jobs;

namespace Features.Flashcards;

/// <summary>Asks for study cards from a text.</summary>
/// <param name="Content">The text that the cards come from, at most 100,000 characters.</param>
/// <param name="Subject">The field, for instance "Medicine".</param>
/// <param name="Topic">The topic within it, for instance "Cells".</param>
/// <param name="UserId">The caller, once more; must be the one who calls.</param>
/// <param name="Count">How many cards at most, 1 to 50.</param>
public sealed record GenerateFlashcards(
    [Required, StringLength(100_000)] string Content,
    [Required, StringLength(200)] string Subject,
    [Required, StringLength(200)] string Topic,
    [StringLength(200)] string? UserId = null,
    [Range(1, 50)] int Count = 10) : IOwnedPayload;
