using Queueing;

namespace Providers.Tests.Guard.Spending;

/// <summary>Jobs that spend, from the reservation to the attempt's end.</summary>
public sealed class SpendingTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_that_the_budget_does_not_reach_for_wait_untried_and_go_on_when_it_is_raised()
    {
        await using var host = await StartAsync(hard: 0.05m);
        var jobs = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            jobs.Add(await host.EnqueueAsync(new(0.01m)));
        }

        await Eventually.TrueAsync(async () => await ParkedAsync(host) == 7);
        Assert.Equal(5, host.Shop.Sold.Count);
        var parked = (await Task.WhenAll(jobs.Select(host.StatusAsync))).First(job => job.Status == JobState.Delayed);
        Assert.Equal(0, parked.Attempt);

        await host.Budget.SetAsync(BudgetScope.Fleet, null, 0.1m, "test", Cancellation);
        await Eventually.TrueAsync(async () => host.Shop.Sold.Count == 10 && await ParkedAsync(host) == 2);
        await host.Budget.SetAsync(BudgetScope.Fleet, null, null, "test", Cancellation);

        Assert.All(await Task.WhenAll(jobs.Select(host.EndOfAsync)), job => Assert.Equal((JobState.Completed, 1), (job.Status, job.Attempt)));
        Assert.Equal(0.12m, await host.SpentAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_cost_is_in_the_ledger_exactly_when_the_outcome_is(bool limited)
    {
        await using var host = await StartAsync(limited ? 1 : null);

        var jobId = await host.EnqueueAsync(new(0.05m));
        await host.EndOfAsync(jobId);

        Assert.Equal(0.01m, await host.SpentAsync());
        Assert.Equal("shop/large 10+20 attempt 1", await host.ScalarAsync(
            $"select provider || '/' || model || ' ' || input_tokens || '+' || output_tokens || ' attempt ' || attempt from spend where job_id = '{jobId}'"));
        Assert.Equal(1L, await host.ScalarAsync("select count(distinct xmin::text) from (select xmin from spend union all select xmin from job_outcome) as rows"));
    }

    [Theory]
    [InlineData("thrown before it was sent", 0)]
    [InlineData("thrown after it was sent", 0.05)]
    [InlineData("thrown after the answer", 0.02)]
    [InlineData("refused", 0)]
    [InlineData("failed for good after the answer", 0.02)]
    public async Task What_an_attempt_cost_counts_though_it_came_to_nothing(string how, decimal cost)
    {
        foreach (var limit in new decimal?[] { null, 10 })
        {
            await using var host = await StartAsync(limit);
            host.Shop.Sell = (spend, context, _) =>
            {
                if (context.Attempt == 1 && how != "thrown before it was sent")
                {
                    spend.Sent();
                }

                if (how.EndsWith("answer", StringComparison.Ordinal))
                {
                    spend.Settle(new(0.02m));
                }

                if (how == "refused")
                {
                    spend.Refused();
                }

                return how.StartsWith("failed", StringComparison.Ordinal)
                    ? Task.FromResult<JobOutcome>(new JobOutcome.Failed("t", "m"))
                    : context.Attempt == 1 ? throw new InvalidOperationException("It broke.") : Task.FromResult<JobOutcome>(new JobOutcome.Discard("m"));
            };

            await host.EndOfAsync(await host.EnqueueAsync(new(0.05m)));

            var attempts = how == "thrown after the answer" ? 2 : 1; // The second one is answered too.
            Assert.Equal(cost * attempts, await host.SpentAsync());
            Assert.Equal(0L, await host.ScalarAsync("select count(*) from spend where cost is null"));
        }
    }

    [Fact]
    public async Task A_stop_holds_what_costs_and_lets_it_go_on()
    {
        await using var host = await StartAsync(hard: null);
        await host.Budget.StopAsync("test", Cancellation);
        await Eventually.TrueAsync(() => host.Watch.Standing!.StoppedAt is not null);

        var paid = await host.EnqueueAsync(new(0.01m));
        var free = await host.EnqueueAsync(new(0));

        Assert.Equal("\"free\"", (await host.EndOfAsync(free)).Result?.GetRawText());
        await Eventually.TrueAsync(async () => await ParkedAsync(host) == 1);
        Assert.Empty(host.Shop.Sold);
        await host.Budget.ResumeAsync("test", Cancellation);
        Assert.Equal(JobState.Completed, (await host.EndOfAsync(paid)).Status);
    }

    [Theory]
    [InlineData("a stop ended")]
    [InlineData("a limit was raised")]
    [InlineData("a limit was taken away")]
    public async Task A_job_that_was_just_being_parked_is_woken_all_the_same(string how)
    {
        await using var host = await StartAsync(hard: how == "a stop ended" ? null : 0.5m);
        await host.Budget.StopAsync("test", Cancellation);
        await Eventually.TrueAsync(() => host.Watch.Standing!.StoppedAt is not null); // Until then a call goes through.
        var jobId = await host.EnqueueAsync(new(how == "a stop ended" ? 0.01m : 0.6m));
        await Eventually.TrueAsync(async () => await ParkedAsync(host) == 1);

        // As the operator's call does it, but for the waking, which came a moment before the job was parked.
        await host.ScalarAsync(how switch
        {
            "a stop ended" => "delete from budget_stop",
            "a limit was raised" => "delete from budget_stop; update budget set hard = 1",
            _ => "delete from budget_stop; delete from budget",
        });

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(jobId)).Status);
    }

    [Theory]
    [InlineData(1, null, false, 1, null, false, false)]
    [InlineData(1, 5, false, 1, 4, false, false)]
    [InlineData(1, 5, false, 1, 6, false, true)]
    [InlineData(1, 5, false, 1, null, false, true)]
    [InlineData(1, null, false, 1, 5, false, false)]
    [InlineData(1, 5, false, 2, 5, false, true)]
    [InlineData(1, 5, true, 1, 5, false, true)]
    [InlineData(1, 5, false, 1, 5, true, false)]
    public void More_may_be_called_when_there_is_more_money(int day, int? hard, bool stopped, int nextDay, int? nextHard, bool stoppedNext, bool looser) =>
        Assert.Equal(looser, Standing(nextDay, nextHard, stoppedNext).IsLooserThan(Standing(day, hard, stopped)));

    [Fact]
    public async Task What_is_free_is_not_in_the_ledger()
    {
        await using var host = await StartAsync(hard: 0);

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(await host.EnqueueAsync(new(0)))).Status);

        Assert.Equal(0L, await host.ScalarAsync("select count(*) from spend"));
    }

    [Fact]
    public async Task Outside_of_jobs_a_call_is_settled_when_it_is_over()
    {
        await using var host = await StartAsync(hard: 1);

        await using (var spend = await host.Spendings.ReserveAsync(Buyer.Provider, 0.5m, job: null, Cancellation))
        {
            Assert.Equal(0.5m, await host.SpentAsync());
            spend!.Settle(new(0.25m));
        }

        Assert.Equal(0.25m, await host.SpentAsync());
        await Assert.ThrowsAsync<BudgetSpentException>(() => host.Spendings.ReserveAsync(Buyer.Provider, 0.76m, job: null, Cancellation));
    }

    private static BudgetStanding Standing(int day, int? hard, bool stopped) =>
        new(new(2026, 1, day), stopped ? DateTimeOffset.UnixEpoch : null, [new("fleet", null, hard, 0)]);

    private async Task<SpendHost> StartAsync(decimal? hard) => await SpendHost.StartAsync(await postgres.CreateDatabaseAsync(), hard);

    private static async Task<long> ParkedAsync(SpendHost host) =>
        (long)(await host.ScalarAsync($"select count(*) from job_ready where delayed and snooze_reason = '{Budget.SnoozeReason}'"))!;
}
