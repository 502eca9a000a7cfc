using System.ComponentModel.DataAnnotations;
using Features.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Api.Tests;

/// <summary>A job type that no endpoint names: it says its text back when the test lets it, or fails at "fail".</summary>
public static class Echo
{
    /// <summary>Adds it, and "tiny": the same in a queue that holds two jobs of 100 bytes.</summary>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        builder.AddJob<Args, Handler>("echo", options => options.MaxAttempts = 1);
        builder.AddJob<Tiny, TinyHandler>("tiny", options => options.Queue = "tiny");
        builder.ConfigureJobQueue("tiny", options => (options.MaxDepth, options.MaxPayloadBytes) = (2, 100));
        builder.Services.AddSingleton<Gate>();
    }

    public sealed record Args(
        [Required, StringLength(20)] string Text,
        [Range(1, 5)] int Times = 1,
        string? UserId = null,
        IReadOnlyList<Part>? Parts = null) : IOwnedPayload;

    public sealed record Part([Required] string Name);

    public sealed record Tiny(string Text);

    /// <summary>Closed at first.</summary>
    public sealed class Gate : IDisposable
    {
        private readonly SemaphoreSlim open = new(0);

        public void Open(int jobs = 1) => open.Release(jobs);

        public Task PassAsync(CancellationToken cancellationToken) => open.WaitAsync(cancellationToken);

        public void Dispose() => open.Dispose();
    }

    private sealed class Handler(Gate gate) : IJobHandler<Args>
    {
        public async Task<JobOutcome> HandleAsync(Args args, JobContext context, CancellationToken workToken)
        {
            await gate.PassAsync(workToken);
            return args.Text == "fail" ? new JobOutcome.Failed("no", "It can't be done.") : new JobOutcome.Completed(new { args.Text });
        }
    }

    private sealed class TinyHandler : IJobHandler<Tiny>
    {
        public Task<JobOutcome> HandleAsync(Tiny args, JobContext context, CancellationToken workToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Completed());
    }
}
