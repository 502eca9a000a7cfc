namespace Queueing;

/// <summary>A stored payload that doesn't fit its type's record: no attempt can change that.</summary>
internal sealed class InvalidPayloadException(string message, Exception? inner = null) : Exception(message, inner);
