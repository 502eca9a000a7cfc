using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>The last lines of every process, and those to come. A name is a resource's, or one replica's: <c>worker-1</c>.</summary>
public sealed class ResourceLoggerService
{
    private const int Kept = 1000;
    private readonly ConcurrentDictionary<string, Log> logs = new(StringComparer.OrdinalIgnoreCase);

    internal event Action<string, LogLine>? LineWritten;

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        void Take(string id, LogLine line)
        {
            if (IsOf(resourceName, id))
            {
                channel.Writer.TryWrite(line);
            }
        }
        LineWritten += Take;
        try
        {
            // A line that comes in between may be seen twice; none is missed.
            yield return Last(resourceName, Kept);
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return [line];
            }
        }
        finally
        {
            LineWritten -= Take;
        }
    }

    internal IReadOnlyList<LogLine> Last(string resourceName, int count) =>
        [.. logs.Where(log => IsOf(resourceName, log.Key)).SelectMany(log => log.Value.Last()).TakeLast(count)];

    internal void Write(string resourceId, string content, bool isError = false) =>
        LineWritten?.Invoke(resourceId, logs.GetOrAdd(resourceId, _ => new Log()).Add(content, isError));

    private static bool IsOf(string resourceName, string id) => string.Equals(resourceName, id, StringComparison.OrdinalIgnoreCase)
        || (id.StartsWith(resourceName + "-", StringComparison.OrdinalIgnoreCase) && int.TryParse(id.AsSpan(resourceName.Length + 1), out _));

    private sealed class Log
    {
        private readonly Queue<LogLine> lines = [];
        private int count;

        public LogLine Add(string content, bool isError)
        {
            lock (lines)
            {
                var line = new LogLine(++count, content, isError);
                lines.Enqueue(line);
                if (lines.Count > Kept)
                {
                    lines.Dequeue();
                }
                return line;
            }
        }

        public LogLine[] Last()
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }
}
