namespace Queueing.Running;

/// <summary>One life of a worker: what it claims is its own until <see cref="Lost"/> fires.</summary>
internal sealed class WorkerSession : IDisposable
{
    private readonly CancellationTokenSource lost = new();

    public Guid Id { get; } = Guid.CreateVersion7();

    public CancellationToken Lost => lost.Token;

    public Task LoseAsync() => lost.CancelAsync();

    public void Dispose() => lost.Dispose();
}
