using System.ComponentModel.DataAnnotations;
using Features.Jobs;

namespace Features.Persona;

/// <summary>Asks which kind of learner somebody is.</summary>
/// <param name="Text">What is known of how they learn, at most 20,000 characters; or</param>
/// <param name="Answers">what they answered to questions about it.</param>
/// <param name="UserId">The caller, once more; must be the one who calls.</param>
public sealed record ClassifyPersona(
    [StringLength(20_000), PlainText] string? Text = null,
    [MaxLength(100)] IReadOnlyList<PersonaAnswer>? Answers = null,
    [StringLength(200)] string? UserId = null) : IOwnedPayload, IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        string.IsNullOrWhiteSpace(Text) && Answers is not { Count: > 0 }
            ? [new("Expected a text, or answers.", [nameof(Text)])]
            : [];
}

/// <summary>What somebody answered.</summary>
public sealed record PersonaAnswer([Required, StringLength(1_000), PlainText] string Question, [Required, StringLength(5_000), PlainText] string Answer);

/// <summary>Which kind of learner somebody is.</summary>
/// <param name="Persona">One of the personas.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Reasons">What it was told by.</param>
/// <param name="TokenUsage">The tokens that it took, read and written.</param>
public sealed record PersonaResult(string Persona, double Confidence, IReadOnlyList<string> Reasons, long TokenUsage);

/// <summary>What a model is asked for.</summary>
internal sealed record Classification(string Persona, double Confidence, IReadOnlyList<string> Reasons);
