using System.Diagnostics;
using System.Text;
using Queueing.Store;

namespace Queueing.Enqueueing;

/// <summary>Makes jobs from what callers ask, or refuses them.</summary>
internal sealed class NewJobs(JobTypes types, JobQueues queues, QueueDepth depth)
{
    /// <exception cref="EnqueueRefusedException">The payload is too large, or the queue is full.</exception>
    public async ValueTask<IReadOnlyList<NewJob>> MakeAsync(
        JobType type, IReadOnlyCollection<object> payloads, string owner, EnqueueOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(owner);
        if (!EnqueueOptions.IsText(owner))
        {
            throw new ArgumentException("An owner has no NUL and no half of a surrogate pair.", nameof(owner));
        }

        options ??= EnqueueOptions.Default;
        options.Validate();

        var jobs = new List<NewJob>(payloads.Count);
        foreach (var payload in payloads)
        {
            jobs.Add(Make(type, payload, owner, options, place: payloads.Count == 1 ? null : jobs.Count));
        }

        await depth.EnsureRoomAsync(type, queues[type.Options.Queue], jobs.Count, cancellationToken);
        return jobs;
    }

    private NewJob Make(JobType type, object payload, string owner, EnqueueOptions options, int? place)
    {
        var id = Guid.CreateVersion7();
        return new NewJob(id, type, owner, ArgsOf(type, payload), Activity.Current?.Id, options)
        {
            Key = place is null ? options.IdempotencyKey : options.IdempotencyKey is { } key ? $"{key}/{place}" : null,
            Next = options.Continuation is { } continuation ? MakeNext(continuation(id)) : null,
        };
    }

    private NextJob MakeNext(object payload)
    {
        var type = types.For(payload.GetType());
        return new(type, ArgsOf(type, payload));
    }

    private string ArgsOf(JobType type, object payload)
    {
        if (!type.ArgsType.IsInstanceOfType(payload))
        {
            throw new ArgumentException($"'{type.Name}' takes {type.ArgsType.Name}, not {payload?.GetType().Name ?? "null"}.", nameof(payload));
        }

        var args = JobJson.WriteUntyped(payload)!;
        var most = queues[type.Options.Queue].MaxPayloadBytes;
        return args.Length <= most && Encoding.UTF8.GetByteCount(args) <= most
            ? args
            : throw new PayloadTooLargeException(type.Name, Encoding.UTF8.GetByteCount(args), most);
    }
}
