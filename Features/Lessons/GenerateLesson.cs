using System.ComponentModel.DataAnnotations;
using Features.Jobs;

namespace Features.Lessons;

/// <summary>Asks for a lesson from a text.</summary>
/// <param name="Content">The text that the lesson comes from, at most 100,000 characters.</param>
/// <param name="Subject">The field, for instance "Medicine".</param>
/// <param name="Topic">The topic within it, for instance "Cells".</param>
/// <param name="UserId">The caller, once more; must be the one who calls.</param>
/// <param name="Level">"beginner", "intermediate" or "advanced", for a model that can write for one.</param>
public sealed record GenerateLesson(
    [Required, StringLength(100_000), PlainText] string Content,
    [Required, StringLength(200), PlainText] string Subject,
    [Required, StringLength(200), PlainText] string Topic,
    [StringLength(200)] string? UserId = null,
    [AllowedValues("beginner", "intermediate", "advanced")] string Level = "beginner") : IOwnedPayload;
