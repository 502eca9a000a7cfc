using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Queueing.Contenders;

/// <summary>What the harness asks of a contender's process; Peers/main.mjs answers the same.</summary>
/// <param name="Name">
/// open: connects, a producer makes the schema. produce: single calls. batches: batches, one after the other.
/// pace: a job every so many seconds. work: runs jobs from now on. rest: runs no more, and forgets those that ran. drained: waits until nothing is left.
/// handled: how many jobs ran so far. latencies: how long the paced jobs waited.
/// </param>
internal sealed record Command(string Name)
{
    public string Contender { get; init; } = "";

    /// <summary>producer or worker.</summary>
    public string Role { get; init; } = "";

    public string Postgres { get; init; } = "";

    public string PostgresUrl { get; init; } = "";

    public string Redis { get; init; } = "";

    /// <summary>Jobs to make, to be drained or to have the latencies of. Of work: those that are its warm-up.</summary>
    public int Jobs { get; init; }

    public int Callers { get; init; }

    public int Size { get; init; }

    /// <summary>After which it gives up; of pace: from one job to the next.</summary>
    public double Seconds { get; init; }
}

internal sealed record Answer
{
    public int Jobs { get; init; }

    /// <summary>What the jobs took; of handled: the time on a clock of this process.</summary>
    public double Seconds { get; init; }

    /// <summary>In milliseconds.</summary>
    public double[] Latencies { get; init; } = [];

    public string? Error { get; init; }

    [JsonIgnore]
    public double JobsPerSecond => Jobs / Seconds;
}

internal static class Wire
{
    public static JsonSerializerOptions Options { get; } = JsonSerializerOptions.Web;
}
