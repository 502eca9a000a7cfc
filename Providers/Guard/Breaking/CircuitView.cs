using System.Globalization;

namespace Providers.Guard.Breaking;

/// <summary>A circuit as this process knows it.</summary>
/// <param name="Id">The circuit in Redis; null for one that Redis hasn't told of. One that was lost and made anew has another.</param>
/// <param name="Version">Rises with every change of state.</param>
/// <param name="State">The state.</param>
/// <param name="Failures">Failed calls in the window, or those that opened it.</param>
/// <param name="OpenedAt">Since when it is open.</param>
/// <param name="NextAt">When a probe may be made, by this process's clock; <see cref="Never"/> when only a hand closes it.</param>
/// <param name="ProbeUntil">Till when a probe that is under way is waited for, by this process's clock.</param>
/// <param name="Breaks">How often it opened in a row.</param>
internal sealed record CircuitView(
    string? Id, long Version, CircuitState State, int Failures, DateTimeOffset? OpenedAt, long NextAt, long ProbeUntil, int Breaks)
{
    public const long Never = long.MaxValue;

    public static readonly CircuitView Unknown = new(null, 0, CircuitState.Closed, 0, null, Never, 0, 0);

    /// <summary>When the next call may try to become the probe.</summary>
    public long ClaimableAt => State == CircuitState.HalfOpen ? ProbeUntil : NextAt;

    public CircuitView Opened(ProcessClock clock, TimeSpan length, int failures, int breaks) => this with
    {
        Version = Version + 1,
        State = CircuitState.Open,
        Failures = failures,
        OpenedAt = OpenedAt ?? clock.UtcNow,
        NextAt = clock.Now + (long)length.TotalMilliseconds,
        ProbeUntil = 0,
        Breaks = breaks,
    };

    public CircuitView Closed() => Unknown with { Id = Id, Version = Version + 1 };

    public CircuitStatus ToStatus(ProcessClock clock) => new(
        State, Failures, OpenedAt, State == CircuitState.Closed || NextAt == Never ? null : clock.UtcNow.AddMilliseconds(NextAt - clock.Now));

    /// <summary>Reads what <c>Circuit.lua</c> answers or publishes, from the clock on.</summary>
    public static CircuitView Parse(ReadOnlySpan<string> fields, ProcessClock clock)
    {
        var now = Number(fields[0]);
        var (opened, next, until) = (Number(fields[5]), Number(fields[6]), Number(fields[7]));
        return new(
            fields[1],
            Number(fields[2]),
            fields[3] switch { "OPEN" => CircuitState.Open, "HALF_OPEN" => CircuitState.HalfOpen, _ => CircuitState.Closed },
            (int)Number(fields[4]),
            opened == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(opened),
            next == 0 ? Never : clock.Now + next - now,
            until == 0 ? 0 : clock.Now + until - now,
            (int)Number(fields[8]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
