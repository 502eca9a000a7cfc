namespace Providers;

/// <summary>How well a word was said.</summary>
/// <param name="Word">The word.</param>
/// <param name="Accuracy">0 to 100; null where it wasn't said, or can't be judged.</param>
/// <param name="Error">What is wrong with it.</param>
public sealed record WordScore(string Word, double? Accuracy, WordError Error);
