namespace Queueing;

/// <summary>Which jobs a list has; null is all.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Type">Of which type.</param>
/// <param name="Queue">In which queue.</param>
/// <param name="State">One of <see cref="JobState"/>.</param>
public sealed record JobFilter(string? Owner = null, string? Type = null, string? Queue = null, string? State = null);
