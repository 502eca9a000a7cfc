using System.Text;

namespace Queueing;

/// <summary>What a caller may say of a job.</summary>
public sealed record EnqueueOptions
{
    /// <summary>The priority of a job that nobody said anything of.</summary>
    public const int DefaultPriority = 5;

    // A time that a DateTimeOffset can't say could not be read any more.
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromDays(3650);

    internal static readonly EnqueueOptions Default = new();

    /// <summary>
    /// 1 to 10, higher runs first. A step is worth ten minutes: a job is overtaken by those of the next higher priority that
    /// come within ten minutes after it, so a low one runs in the end.
    /// </summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>Not to be run before this time from now; zero to ten years. Not together with <see cref="RunAt"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Not to be run before this time. In the past it is now.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Not begun by this time, the job fails with the error "expired". One that was begun may be tried again after it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// For a day a second job of the same owner and type with this key is not accepted: the caller gets the first one when the
    /// payload is the same, else <see cref="IdempotencyConflictException"/>. 1 to 255 characters. In a batch each item has the
    /// key with its place: key/0, key/1 and so on.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Makes, from this job's id, the payload of a job that is accepted in the transaction that records this one's end, however
    /// it ends; once for each end, where a job is let run again. It has the owner and the priority of this one, and comes to
    /// the workers within a second. Its type must be registered. Null for none.
    /// </summary>
    public Func<Guid, object>? Continuation { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Priority, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Priority, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Delay, LongestDelay);
        if (Delay > TimeSpan.Zero && RunAt is not null)
        {
            throw new ArgumentException($"Give {nameof(Delay)} or {nameof(RunAt)}, not both.", nameof(RunAt));
        }

        if (IdempotencyKey is { Length: 0 or > 255 } || (IdempotencyKey is { } key && !IsText(key)))
        {
            throw new ArgumentException("A key has 1 to 255 characters, no NUL and no half of a surrogate pair.", nameof(IdempotencyKey));
        }
    }

    /// <summary>Whether PostgreSQL takes it as text. What can't even be sent would fail everybody who shares the statement.</summary>
    internal static bool IsText(string value) =>
        !value.Contains('\0', StringComparison.Ordinal) && (Ascii.IsValid(value) || Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)) == value);
}
