using System.Diagnostics;
using System.Text;
using Queueing.Store;

namespace Queueing.Enqueueing;

/// <summary>Makes jobs from what callers ask, or refuses them.</summary>
internal sealed class NewJobs(JobQueues queues, QueueDepth depth)
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

        var limits = queues[type.Options.Queue];
        var jobs = new List<NewJob>(payloads.Count);
        foreach (var payload in payloads)
        {
            jobs.Add(Make(type, payload, owner, options, limits, place: payloads.Count == 1 ? null : jobs.Count));
        }

        await depth.EnsureRoomAsync(type, limits, jobs.Count, cancellationToken);
        return jobs;
    }

    private static NewJob Make(JobType type, object payload, string owner, EnqueueOptions options, JobQueueOptions limits, int? place)
    {
        if (!type.ArgsType.IsInstanceOfType(payload))
        {
            throw new ArgumentException($"'{type.Name}' takes {type.ArgsType.Name}, not {payload?.GetType().Name ?? "null"}.", nameof(payload));
        }

        var args = JobJson.WriteUntyped(payload)!;
        if (args.Length > limits.MaxPayloadBytes || Encoding.UTF8.GetByteCount(args) > limits.MaxPayloadBytes)
        {
            throw new PayloadTooLargeException(type.Name, Encoding.UTF8.GetByteCount(args), limits.MaxPayloadBytes);
        }

        return new NewJob(Guid.CreateVersion7(), type, owner, args, Activity.Current?.Id, options)
        {
            Key = place is null ? options.IdempotencyKey : options.IdempotencyKey is { } key ? $"{key}/{place}" : null,
        };
    }
}
