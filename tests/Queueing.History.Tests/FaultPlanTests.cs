using Queueing.History.Tests.Faults;

namespace Queueing.History.Tests;

public sealed class FaultPlanTests
{
    [Fact]
    public void A_seed_stands_for_one_plan()
    {
        Assert.Equal(FaultPlan.ForServers(7).Take(50), FaultPlan.ForServers(7).Take(50));
        Assert.NotEqual(FaultPlan.ForServers(7).Take(50), FaultPlan.ForServers(8).Take(50));
    }

    [Fact]
    public void Each_kind_comes_soon()
    {
        var early = FaultPlan.ForServers(7).Take(15).Concat(FaultPlan.ForWorkers(7).Take(8)).Select(fault => fault.Kind);
        Assert.Equal(Enum.GetValues<FaultKind>(), early.Distinct().Order());
    }
}
