namespace Queueing;

/// <summary>Why an attempt failed, as clients see it.</summary>
/// <param name="Type">A stable word for programs: the handler's, or the exception's name.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Transient">Whether another attempt might have helped.</param>
public sealed record JobError(string Type, string Message, bool Transient);
