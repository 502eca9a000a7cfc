using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Client.Tests;

public sealed class LogTests(Topology topology)
{
    [Fact]
    public async Task Silences_and_failures_are_logged_and_what_jobs_carry_never_is()
    {
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress, refusals: 3, buffers: true);
        var logs = new Logs();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new HastyTime(20));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddJobClient(proxy.Address).ConfigureHttpClient(http => http.DefaultRequestHeaders.Add("user-id", "test"));
        await using var provider = services.BuildServiceProvider();
        var jobId = await topology.Stories.BegunAsync("test", Story.Wait, "secret-text", Story.Wait);
        await using var following = new Following(provider.GetRequiredService<JobClient>(), jobId);

        await following.UntilAsync<JobNotice.Snapshot>();
        proxy.Buffers = false;
        await following.UntilAsync<JobNotice.Active>();
        topology.Stories.GoOn(jobId);
        await following.UntilAsync<JobNotice.Delta>();
        topology.Stories.GoOn(jobId);
        await following.UntilAsync<JobNotice.Completed>();

        var own = logs.Lines.Where(line => line.Category == typeof(JobClient).FullName).Select(line => line.Text).ToList();
        Assert.Contains(own, line => line.Contains("failed (503)", StringComparison.Ordinal));
        Assert.Contains(own, line => line.Contains("silent", StringComparison.Ordinal));
        Assert.Contains(own, line => line.Contains("heard again", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.Category.StartsWith("System.Net.Http", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    private sealed class Logs : ILoggerProvider
    {
        public ConcurrentQueue<(string Category, string Text)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Logs logs, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                logs.Lines.Enqueue((category, $"{formatter(state, exception)} {exception}"));
        }
    }
}
