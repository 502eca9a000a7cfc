using System.ComponentModel.DataAnnotations;
using Features.Jobs;

namespace Features.Assistants;

/// <summary>A question to the assistant of a course.</summary>
/// <param name="CourseId">The course, whose material the answer comes from.</param>
/// <param name="TopicId">The topic that the learner is at.</param>
/// <param name="Question">The question, at most 2,000 characters.</param>
/// <param name="ModuleNo">The module that the learner is at, from 1.</param>
/// <param name="SessionId">The conversation that it belongs to; a new one if null.</param>
public sealed record AssistantQuery(
    [Required] Guid? CourseId,
    [Required] Guid? TopicId,
    [Required, StringLength(2000), PlainText] string Question,
    [Range(1, 1000)] int? ModuleNo = null,
    Guid? SessionId = null);

/// <summary>A question on the landing page.</summary>
/// <param name="Question">The question, at most 2,000 characters.</param>
public sealed record LandingQuery([Required, StringLength(2000), PlainText] string Question);

/// <summary>Asks the assistant of a course.</summary>
internal sealed record AskCourse(Guid SessionId, Guid CourseId, Guid TopicId, string Question);

/// <summary>Asks the assistant of the landing page.</summary>
internal sealed record AskCatalogue(string Question);
