namespace Aspire.Hosting;

/// <summary>The application can't start, or can't go on; the message is meant for the person who started it.</summary>
public sealed class DistributedApplicationException(string message, Exception? innerException = null) : Exception(message, innerException);
