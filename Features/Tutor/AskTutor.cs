using System.ComponentModel.DataAnnotations;
using Features.Jobs;

namespace Features.Tutor;

/// <summary>Asks for help with a question, without its answer being given away at once.</summary>
/// <param name="Question">The question that the student works on.</param>
/// <param name="StudentAnswer">What the student has so far, or null.</param>
/// <param name="Material">What the student has to go by, or null; at most 50,000 characters.</param>
/// <param name="UserId">The caller, once more; must be the one who calls.</param>
public sealed record AskTutor(
    [Required, StringLength(2_000), PlainText] string Question,
    [StringLength(10_000), PlainText] string? StudentAnswer = null,
    [StringLength(50_000), PlainText] string? Material = null,
    [StringLength(200)] string? UserId = null) : IOwnedPayload;

/// <summary>The tutor's help.</summary>
/// <param name="Diagnosis">How the answer stands to the question.</param>
/// <param name="Hints">From a nudge to the passage itself.</param>
/// <param name="NextStep">What to do now.</param>
/// <param name="Encouragement">A kind word.</param>
/// <param name="TokenUsage">The tokens that it took, read and written.</param>
public sealed record TutorResult(string Diagnosis, IReadOnlyList<string> Hints, string NextStep, string Encouragement, long TokenUsage);

/// <summary>What a model is asked for.</summary>
internal sealed record TutorHelp(string Diagnosis, IReadOnlyList<string> Hints, string NextStep, string Encouragement);
