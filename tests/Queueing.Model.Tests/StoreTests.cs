using Queueing.Model.Tests.Binding;
using Queueing.Model.Tests.Lease;
using Xunit.Sdk;

namespace Queueing.Model.Tests;

/// <summary>The real statements on a real PostgreSQL do what the model's transactions do, whatever came before.</summary>
public sealed class StoreTests(StoreFixture postgres, ITestOutputHelper output) : IClassFixture<StoreFixture>
{
    private static readonly Scope OneSlot = new() { MaxAttempts = 3 };
    private static readonly Scope TwoSlots = new() { Workers = 1, Slots = 2 };
    private static readonly Scope TwoJobs = new() { Jobs = 2, Slots = 2, MaxAttempts = 3 };

    [Fact]
    public Task Statements_of_two_workers_make_every_change_that_the_model_makes() => GoEveryRouteAsync(OneSlot, RealStore.AsBuilt);

    [Fact]
    public Task Statements_of_a_worker_with_several_attempts_make_every_change_that_the_model_makes() => GoEveryRouteAsync(TwoSlots, RealStore.AsBuilt);

    [Fact]
    public async Task A_model_with_another_fence_is_told_from_the_database() => await Assert.ThrowsAnyAsync<XunitException>(
        () => GoEveryRouteAsync(OneSlot with { MaxAttempts = 2 }, RealStore.AsBuilt with { FencesByClaim = false, FencesBySession = false }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Long_walks_through_the_model_and_the_database_see_the_same_states(int seed)
    {
        const int Walks = 15;
        const int Longest = 60;
        await using var store = await RealStore.CreateAsync(await postgres.CreateDatabaseAsync(), TwoJobs.MaxAttempts);
        var model = new LeaseModel(TwoJobs, RealStore.AsBuilt);
#pragma warning disable CA5394 // A seed makes a failed walk one that can be repeated.
        var random = new Random(seed);
        var total = 0;
        for (var walk = 0; walk < Walks; walk++)
        {
            var length = 0;
            var gone = await new Walk(store, model, TwoJobs).GoAsync((state, steps) =>
            {
                // Most of what ends a walk soon is passed over.
                var likely = steps.FindAll(next => next.Step.Kind is not (StepKind.Kill or StepKind.Stop or StepKind.Cancel) || random.Next(8) == 0);
                return model.IsGoal(in state) || length++ == Longest || likely.Count == 0 ? null : likely[random.Next(likely.Count)];
            });
            total += gone.Count;
        }
#pragma warning restore CA5394

        output.WriteLine($"{total} steps");
    }

    private async Task GoEveryRouteAsync(Scope scope, Protocol protocol)
    {
        await using var store = await RealStore.CreateAsync(await postgres.CreateDatabaseAsync(), scope.MaxAttempts);
        var model = new LeaseModel(scope, protocol);
        var routes = Routes.Find(model, scope);
        var made = new HashSet<string>();
        var total = 0;
        foreach (var (change, route) in routes.OrderByDescending(route => route.Value.Count))
        {
            if (!made.Contains(change))
            {
                var next = 1;
                var gone = await new Walk(store, model, scope).GoAsync((state, steps) =>
                {
                    if (next == route.Count)
                    {
                        return null;
                    }

                    var last = next == route.Count - 1;
                    var chosen = steps.First(step =>
                        model.Canonical(step.After).Equals(route[next]) && (!last || Change.Of(step.Step, state, step.After, scope) == change));
                    made.Add(Change.Of(chosen.Step, state, chosen.After, scope));
                    next++;
                    return chosen;
                });
                total += gone.Count;
            }
        }

        output.WriteLine($"{routes.Count} changes, {total} steps");
    }
}
