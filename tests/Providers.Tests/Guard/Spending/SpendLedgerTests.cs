using Providers.Guard.Spending;

namespace Providers.Tests.Guard.Spending;

/// <summary>The ledger of what calls cost: never above a limit, never below what was spent.</summary>
public sealed class SpendLedgerTests(PostgresServerFixture postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_at_once_are_given_what_the_limit_holds_and_no_more()
    {
        await using var host = await CreateAsync();
        await host.Budget.SetAsync(BudgetScope.Fleet, null, 1, "test", Cancellation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var granted = 0;
            for (var i = 0; i < 25; i++)
            {
                granted += await ReserveAsync(host, 0.01m) is null ? 1 : 0;
                if (i % 7 == 0)
                {
                    await host.Ledger.FoldAsync(Cancellation);
                }
            }

            return granted;
        })));

        Assert.Equal(100, answers.Sum());
        Assert.Equal(1m, await host.SpentAsync());
    }

    [Theory]
    [InlineData("fleet", "anna", "cards", "fleet")]
    [InlineData("owner:anna", "anna", "cards", "owner:anna")]
    [InlineData("owner:anna", "ben", "cards", null)]
    [InlineData("owner:*", "ben", "cards", "owner:ben")]
    [InlineData("type:cards", "ben", "cards", "type:cards")]
    [InlineData("type:cards", "ben", "lessons", null)]
    public async Task A_limit_holds_for_its_scope(string limited, string owner, string type, string? refused)
    {
        await using var host = await CreateAsync();
        await host.Budget.SetAsync(limited, null, 0.5m, "test", Cancellation);

        Assert.Null(await ReserveAsync(host, 0.5m, owner, type));

        Assert.Equal(refused, await ReserveAsync(host, 0.01m, owner, type) is var (scope, _) ? scope : null);
    }

    [Fact]
    public async Task An_owners_own_limit_stands_before_that_of_any_owner_and_each_owner_has_its_own_count()
    {
        await using var host = await CreateAsync();
        await host.Budget.SetAsync(BudgetScope.AnyOwner, null, 1, "test", Cancellation);
        await host.Budget.SetAsync(BudgetScope.Owner("anna"), null, 2, "test", Cancellation);

        Assert.Null(await ReserveAsync(host, 2, "anna"));
        Assert.Null(await ReserveAsync(host, 1, "ben"));
        Assert.Null(await ReserveAsync(host, 1, "carl"));

        Assert.Equal(("owner:anna", 2), await ReserveAsync(host, 0.01m, "anna"));
        Assert.Equal(("owner:ben", 1), await ReserveAsync(host, 0.01m, "ben"));
    }

    [Fact]
    public async Task What_is_settled_lower_is_free_again_and_what_is_settled_higher_counts()
    {
        await using var host = await CreateAsync();
        await host.Budget.SetAsync(BudgetScope.Fleet, null, 1, "test", Cancellation);
        var (cheap, dear) = (Guid.NewGuid(), Guid.NewGuid());
        await ReserveAsync(host, 0.5m, id: cheap);
        await ReserveAsync(host, 0.5m, id: dear);

        await SettleAsync(host, cheap, new(0.1m, 1, 2));
        Assert.Null(await ReserveAsync(host, 0.4m));
        await SettleAsync(host, dear, new(0.75m));

        Assert.Equal(1.25m, await host.SpentAsync());
        await SettleAsync(host, dear, new(0.75m)); // Once more, as after an answer that was lost.
        Assert.Equal(1.25m, await host.SpentAsync());
        Assert.Equal(("fleet", 1), await ReserveAsync(host, 0.01m));
    }

    [Fact]
    public async Task What_nobody_settles_in_time_has_cost_its_estimate_until_somebody_does()
    {
        await using var host = await CreateAsync();
        var (left, open, late) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await ReserveAsync(host, 0.3m, id: left, lifetime: TimeSpan.FromHours(-1));
        await ReserveAsync(host, 0.2m, id: open);
        await ReserveAsync(host, 0.1m, id: late, lifetime: TimeSpan.FromHours(-1));

        await host.Ledger.ExpireAsync(Cancellation);
        await SettleAsync(host, late, new(0.05m));

        Assert.Equal(0.55m, await host.SpentAsync());
        Assert.Equal(0.3m, await host.ScalarAsync($"select cost from spend where id = '{left}' and expires_at is null"));
        Assert.Equal(DBNull.Value, await host.ScalarAsync($"select cost from spend where id = '{open}'"));
        Assert.Equal(0.05m, await host.ScalarAsync($"select cost from spend where id = '{late}'"));
    }

    [Fact]
    public async Task While_calls_are_stopped_none_is_given_anything()
    {
        await using var host = await CreateAsync();
        await host.Budget.StopAsync("test", Cancellation);
        await host.Budget.StopAsync("another", Cancellation);

        Assert.Equal(("stop", null), await ReserveAsync(host, 0.01m));
        Assert.NotNull((await host.Budget.ReadAsync(Cancellation)).StoppedAt);
        await host.Budget.ResumeAsync("test", Cancellation);
        Assert.Null(await ReserveAsync(host, 0.01m));
        Assert.Null((await host.Budget.ReadAsync(Cancellation)).StoppedAt);
    }

    [Fact]
    public async Task A_limit_is_a_days()
    {
        await using var host = await CreateAsync();
        await host.Budget.SetAsync(BudgetScope.Fleet, null, 1, "test", Cancellation);
        await ReserveAsync(host, 1);
        await host.ScalarAsync("update spend set day = day - 1; update spend_total set day = day - 1; update spend_delta set day = day - 1");

        Assert.Null(await ReserveAsync(host, 1));
    }

    [Fact]
    public async Task What_nothing_was_reserved_for_counts_once_it_is_recorded_and_once_only()
    {
        await using var host = await CreateAsync();
        var id = Guid.NewGuid();
        await using var connection = await host.Ledger.ConnectAsync(Cancellation);

        await SpendLedger.RecordAsync(connection, id, Request(0.3m), new(0.2m, 5, 6), Cancellation);
        await SpendLedger.RecordAsync(connection, id, Request(0.3m), new(0.2m, 5, 6), Cancellation);

        Assert.Equal(0.2m, await host.SpentAsync());
        Assert.Equal((0.2m, 0.2m), (await host.SpentAsync("owner:anna"), await host.SpentAsync("type:cards")));
    }

    [Fact]
    public async Task How_the_budget_stands_can_be_read()
    {
        await using var host = await CreateAsync();
        await host.Budget.SetAsync(BudgetScope.Fleet, 0.5m, 1, "test", Cancellation);
        await host.Budget.SetAsync(BudgetScope.AnyOwner, null, 0.5m, "test", Cancellation);
        await host.Budget.SetAsync(BudgetScope.Type("cards"), 0.1m, null, "test", Cancellation);
        await host.Budget.SetAsync(BudgetScope.Owner("ben"), 1, 2, "test", Cancellation);
        await host.Budget.SetAsync(BudgetScope.Owner("ben"), null, null, "test", Cancellation);
        await ReserveAsync(host, 0.25m);

        Assert.Equal(
            [new("fleet", 0.5m, 1, 0.25m), new("owner:*", null, 0.5m, 0), new("type:cards", 0.1m, null, 0.25m)],
            (await host.Budget.ReadAsync(Cancellation)).Limits);
    }

    [Theory]
    [InlineData("everybody", 1, 2)]
    [InlineData("owner:", 1, 2)]
    [InlineData("fleet", 2, 1)]
    [InlineData("fleet", -1, 1)]
    [InlineData("fleet", null, -1)]
    public async Task A_limit_that_makes_no_sense_is_refused(string scope, int? soft, int? hard)
    {
        await using var host = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => host.Budget.SetAsync(scope, soft, hard, "test", Cancellation));
    }

    [Fact]
    public async Task Whatever_happens_at_once_the_counts_are_those_of_the_calls()
    {
        await using var host = await CreateAsync();
        await host.Budget.SetAsync(BudgetScope.Fleet, null, 3, "test", Cancellation);
        await host.Budget.SetAsync(BudgetScope.AnyOwner, null, 1.5m, "test", Cancellation);
        var highest = 0m;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 60; i++)
            {
                var id = Guid.NewGuid();
                if (await ReserveAsync(host, random.Next(1, 10) / 100m, $"owner{random.Next(4)}", $"type{random.Next(2)}", id) is null && random.Next(4) > 0)
                {
                    await SettleAsync(host, id, new(random.Next(3) == 0 ? 0 : null)); // Never above its estimate.
                }

                if (random.Next(5) == 0)
                {
                    await host.Ledger.FoldAsync(Cancellation);
                    highest = Math.Max(highest, await host.SpentAsync());
                }
            }
        })));

        Assert.InRange(highest, 0, 3);
        Assert.Equal(0L, await host.ScalarAsync("""
            select count(*) from (
                select scope, sum(coalesce(cost, estimate)) as amount from spend, unnest(spend_scopes(owner, job_type)) as scope group by scope) s
            where amount <> spent_on((now() at time zone 'UTC')::date, scope)
            """));
        Assert.Equal(true, await host.ScalarAsync("select max(spent_on((now() at time zone 'UTC')::date, 'owner:owner' || n)) <= 1.5 from generate_series(0, 3) n"));
    }

    [Fact]
    public async Task What_is_old_is_forgotten()
    {
        await using var host = await CreateAsync();
        var id = Guid.NewGuid();
        await ReserveAsync(host, 0.1m, id: id);
        await SettleAsync(host, id, new(0.1m));
        await host.Ledger.FoldAsync(Cancellation);
        await host.ScalarAsync("update spend set day = day - 100; update spend_total set day = day - 100");
        await ReserveAsync(host, 0.1m);

        await host.Ledger.ForgetAsync(TimeSpan.FromDays(92), Cancellation);

        Assert.Equal((1L, 0L), (await host.ScalarAsync("select count(*) from spend"), await host.ScalarAsync("select count(*) from spend_total")));
    }

    private async Task<SpendHost> CreateAsync() => await SpendHost.CreateAsync(await postgres.CreateDatabaseAsync());

    private static SpendRequest Request(decimal estimate, string owner = "anna", string type = "cards") =>
        new(new("shop", "large"), owner, type, Guid.NewGuid(), 1, estimate);

    private static Task<(string Scope, decimal? Limit)?> ReserveAsync(
        SpendHost host, decimal estimate, string owner = "anna", string type = "cards", Guid? id = null, TimeSpan? lifetime = null) =>
        host.Ledger.ReserveAsync(id ?? Guid.NewGuid(), Request(estimate, owner, type), lifetime ?? Hour, Cancellation);

    private static async Task SettleAsync(SpendHost host, Guid id, SpendCost cost)
    {
        await using var connection = await host.Ledger.ConnectAsync(Cancellation);
        await SpendLedger.SettleAsync(connection, id, cost, Cancellation);
    }
}
