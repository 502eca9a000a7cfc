using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Queueing.Model.Tests.Lease;

/// <summary>Everything the protocol's future depends on. Made of bytes only, so that two are equal when their bytes are.</summary>
internal struct State : IEquatable<State>
{
    public Jobs Jobs;
    public Sessions Alive;
    public Workers Workers;
    public Late Late;

    public readonly bool Equals(State other) => Bytes(in this).SequenceEqual(Bytes(in other));

    public override readonly bool Equals(object? obj) => obj is State other && Equals(other);

    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes(in this));
        return hash.ToHashCode();
    }

    public static ReadOnlySpan<byte> Bytes<T>(in T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
}

[InlineArray(Capacity)]
internal struct Jobs
{
    public const int Capacity = 2;
    private Job first;
}

[InlineArray(Capacity)]
internal struct Workers
{
    public const int Capacity = 2;
    private Worker first;
}

[InlineArray(Capacity)]
internal struct Runs
{
    public const int Capacity = 2;
    private Run first;
}

/// <summary>The rows of worker_session: by a session's number, whether its row exists. Number 0 is no session.</summary>
[InlineArray(Capacity)]
internal struct Sessions
{
    public const int Capacity = 12;
    private bool first;
}
