using System.Security.Cryptography;
using System.Text;

namespace Queueing.Store;

/// <summary>A job about to be inserted.</summary>
internal sealed record NewJob(Guid Id, JobType Type, string Owner, string Args, string? TraceParent, EnqueueOptions Options)
{
    public string Queue => Type.Options.Queue;

    /// <summary>The caller's key, or, in a batch, the key with the item's place.</summary>
    public string? Key { get; init; } = Options.IdempotencyKey;

    /// <summary>The job that follows when this one ends; null for none.</summary>
    public NextJob? Next { get; init; }

    /// <summary>What tells whether a second call with the same key brings the same payload; null without a key.</summary>
    public byte[]? PayloadHash { get; } = Options.IdempotencyKey is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(Args));

    /// <summary>The key is the owner's own, and the type's.</summary>
    public (string Owner, string Type, string Key) Identity => (Owner, Type.Name, Key!);
}

/// <summary>A job that is accepted when another ends, with its payload as JSON.</summary>
internal sealed record NextJob(JobType Type, string Args);
