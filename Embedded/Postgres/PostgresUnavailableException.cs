namespace Embedded.Postgres;

/// <summary>There is no PostgreSQL to run, or it refused to run. The message says what to do about it.</summary>
public sealed class PostgresUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
