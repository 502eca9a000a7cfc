using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Producing;

/// <summary>What a producer sends in one call; sent again, it is the same to the last byte.</summary>
internal sealed record Sending(IReadOnlyList<Item> Items, int Seed, string Owner, EnqueueOptions Options)
{
    public string Queue => Items[0].Queue;

    /// <summary>Another payload for the same key.</summary>
    public Sending Contradicted() => this with { Items = [Items[0] with { Token = Items[0].Token + "!" }] };
}
