namespace Providers;

/// <summary>A recording or an image is not of the kind that is taken. The message says what is, and has nothing of its content.</summary>
/// <param name="message">What was expected, and what was found.</param>
public sealed class BadMediaException(string message) : Exception(message);
