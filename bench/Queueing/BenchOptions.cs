using System.Globalization;
using Bench.Queueing.Harness;
using Bench.Queueing.Workloads;

namespace Bench.Queueing;

internal sealed record BenchOptions(
    IReadOnlyList<Contender> Contenders, IReadOnlyList<Workload> Workloads, int Rounds, double Scale, string? JsonPath)
{
    public static string Usage { get; } = $"""
        What this queue does in a second, and what its peers do on the same machine.

        dotnet run -c Release --project bench/Queueing -- [options]

          --peers           also the peers: npm packages are installed into artifacts/bench/peers
          --only a,b        only these contenders: {Names(Contender.All, contender => contender.Name)}
          --workloads a,b   only these workloads: {Names(Workload.All, workload => workload.Name)}
          --rounds N        rounds, the contenders taking turns (default 3)
          --scale X         counts and times times X, for a quick check (default 1)
          --json PATH       where the figures go (default artifacts/bench/queueing-<timestamp>.json)
          --help            this
        """;

    public static BenchOptions Parse(string[] args)
    {
        var peers = false;
        var options = new BenchOptions(Contender.All, Workload.All, Rounds: 3, Scale: 1, JsonPath: null);
        using var words = args.AsEnumerable().GetEnumerator();
        while (words.MoveNext())
        {
            var name = words.Current;
            switch (name)
            {
                case "--peers":
                    peers = true;
                    break;
                case "--only":
                    options = options with { Contenders = Choose(name, Value(), Contender.All, contender => contender.Name) };
                    break;
                case "--workloads":
                    options = options with { Workloads = Choose(name, Value(), Workload.All, workload => workload.Name) };
                    break;
                case "--rounds":
                    options = options with
                    {
                        Rounds = int.TryParse(Value(), CultureInfo.InvariantCulture, out var rounds) && rounds is >= 1 and <= 100
                            ? rounds
                            : throw new BenchException("--rounds takes a whole number from 1 to 100."),
                    };
                    break;
                case "--scale":
                    options = options with
                    {
                        Scale = double.TryParse(Value(), CultureInfo.InvariantCulture, out var scale) && scale is >= 0.001 and <= 100
                            ? scale
                            : throw new BenchException("--scale takes a number from 0.001 to 100."),
                    };
                    break;
                case "--json":
                    options = options with { JsonPath = Value() };
                    break;
                default:
                    throw new BenchException($"There is no option '{name}'; --help lists them.");
            }

            string Value() => words.MoveNext() ? words.Current : throw new BenchException($"{name} takes a value.");
        }

        return peers ? options : options.WithoutPeers();
    }

    private BenchOptions WithoutPeers()
    {
        var chosen = ReferenceEquals(Contenders, Contender.All);
        return !chosen && Contenders.FirstOrDefault(contender => contender.IsPeer) is { } peer
            ? throw new BenchException($"--only names '{peer.Name}', which is a peer: add --peers.")
            : this with { Contenders = [.. Contenders.Where(contender => !contender.IsPeer)] };
    }

    private static T[] Choose<T>(string option, string names, IReadOnlyList<T> all, Func<T, string> nameOf) =>
    [
        .. names.Split(',', StringSplitOptions.TrimEntries).Select(name => all.FirstOrDefault(one => nameOf(one) == name)
            ?? throw new BenchException($"{option}: there is no '{name}'; there are {Names(all, nameOf)}.")),
    ];

    private static string Names<T>(IEnumerable<T> all, Func<T, string> nameOf) => string.Join(", ", all.Select(nameOf));
}
