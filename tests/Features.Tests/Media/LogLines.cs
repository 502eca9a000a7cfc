using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Features.Tests.Media;

/// <summary>Keeps what is logged, exceptions and all.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public override string ToString() => string.Join('\n', lines);

    public void Dispose()
    {
    }
}
