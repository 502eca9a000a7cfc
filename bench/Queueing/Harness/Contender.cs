using System.Diagnostics;

namespace Bench.Queueing.Harness;

/// <summary>A queue that is measured, and what runs its processes.</summary>
internal sealed record Contender(string Name, Runtime Runtime, bool IsPeer = true)
{
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("ours", Runtime.DotNet, IsPeer: false),
        new("bullmq", Runtime.Node),
        new("graphile-worker", Runtime.Node),
        new("pg-boss", Runtime.Node),
        new("hangfire-redis", Runtime.DotNet),
        new("hangfire-postgres", Runtime.DotNet),
    ];

    public ProcessStartInfo Command => Runtime switch
    {
        Runtime.DotNet => new("dotnet", ["exec", typeof(Contender).Assembly.Location, ContenderProcess.Argument]),
        Runtime.Node => new(PeerPackages.Node, [PeerPackages.Main]),
        _ => throw new UnreachableException(),
    };
}
