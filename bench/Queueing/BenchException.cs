namespace Bench.Queueing;

/// <summary>Why there is nothing to measure: a bad option, or something this machine lacks.</summary>
internal sealed class BenchException(string message) : Exception(message);
