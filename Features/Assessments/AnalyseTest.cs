using System.ComponentModel.DataAnnotations;
using Features.Jobs;

namespace Features.Assessments;

/// <summary>What a learner answered.</summary>
/// <param name="Answers">The answers, which are kept; null for those that were kept before.</param>
public sealed record AnalysisRequest([MinLength(1), MaxLength(500)] IReadOnlyList<GivenAnswer>? Answers = null);

/// <summary>An answer to a question.</summary>
/// <param name="QuestionId">The question, of the test.</param>
/// <param name="Answer">One of its choices, word for word.</param>
public sealed record GivenAnswer([Required] Guid? QuestionId, [Required, StringLength(1000), PlainText] string Answer);

/// <summary>Judges the answers that the job's owner gave to a test.</summary>
internal sealed record AnalyseTest(Guid TestId, IReadOnlyList<GivenAnswer> Answers);
