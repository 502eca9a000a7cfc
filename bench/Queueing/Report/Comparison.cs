using Bench.Queueing.Workloads;

namespace Bench.Queueing.Report;

/// <summary>One figure of all contenders.</summary>
internal sealed record Comparison(Figure Figure, Summary[] Summaries)
{
    private Summary? Ours => Array.Find(Summaries, summary => !summary.Contender.IsPeer);

    public Summary? BestPeer => Summaries.Where(summary => summary.Contender.IsPeer)
        .OrderBy(summary => Figure.MoreIsBetter ? -summary.Median : summary.Median).FirstOrDefault();

    /// <summary>How many times better ours is than the best peer, by the medians; below 1 it is worse. Null where one is missing.</summary>
    public double? OursToBestPeer => (Ours, BestPeer) switch
    {
        ({ } ours, { } peer) when Figure.MoreIsBetter => ours.Median / peer.Median,
        ({ } ours, { } peer) => peer.Median / ours.Median,
        _ => null,
    };
}
