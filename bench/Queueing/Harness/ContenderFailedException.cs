namespace Bench.Queueing.Harness;

/// <summary>A contender did not do what it was asked to: its figure is missing, the run goes on.</summary>
internal sealed class ContenderFailedException(string message) : Exception(message);
