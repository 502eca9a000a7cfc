namespace Bench.Queueing.Harness;

/// <summary>What a contender's processes run on.</summary>
internal enum Runtime
{
    DotNet,
    Node,
}
