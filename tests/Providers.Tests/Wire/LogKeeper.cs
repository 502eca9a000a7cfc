using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Providers.Tests.Wire;

/// <summary>Keeps what is logged, and what the official client tells to listeners of events.</summary>
internal sealed class LogKeeper : EventListener, ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public string All => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}");

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith("System.ClientModel", StringComparison.Ordinal) || eventSource.Name.StartsWith("OpenAI", StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        lines.Enqueue($"{eventData.EventName} {string.Join(' ', (eventData.Payload ?? []).Select(item => item is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : item))}");
}
