using System.Collections.Concurrent;
using Queueing;

namespace Providers.Tests.Chat;

/// <summary>The payload: which of <see cref="Uses"/>.</summary>
internal sealed record Use(int Number);

/// <summary>What jobs do in a test.</summary>
internal sealed class Uses
{
    private readonly ConcurrentDictionary<int, Func<IServiceProvider, CancellationToken, Task<object?>>> all = new();

    public int Add(Func<IServiceProvider, CancellationToken, Task<object?>> use)
    {
        var number = all.Count;
        all[number] = use;
        return number;
    }

    public Task<object?> RunAsync(int number, IServiceProvider services, CancellationToken cancellationToken) => all[number](services, cancellationToken);
}

internal sealed class User(Uses uses, IServiceProvider services) : IJobHandler<Use>
{
    public async Task<JobOutcome> HandleAsync(Use args, JobContext context, CancellationToken workToken) =>
        new JobOutcome.Completed(await uses.RunAsync(args.Number, services, workToken));
}
