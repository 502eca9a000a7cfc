using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests;

/// <summary>The sizes that are explored to their end. Two slots let a worker meet its own past; three attempts let poison be seen.</summary>
internal static class Scopes
{
    public static Scope TwoWorkersTwoJobs { get; } = new() { Jobs = 2 };

    public static Scope TwoWorkersTwoSlots { get; } = new() { Slots = 2, MaxAttempts = 3 };

    public static Scope OneWorkerTwoSlots { get; } = new() { Workers = 1, Slots = 2, MaxAttempts = 3 };

    public static Scope OneWorkerTwoSlotsTwoJobs { get; } = new() { Workers = 1, Slots = 2, Jobs = 2 };

    public static Scope TwoSlotsWithLateCommits { get; } = new() { Workers = 1, Slots = 2, CommitsComeLate = true };

    public static Scope TwoWorkersWithLateCommits { get; } = new() { CommitsComeLate = true, JobsAreCancelled = false, WorkersStop = false };
}
