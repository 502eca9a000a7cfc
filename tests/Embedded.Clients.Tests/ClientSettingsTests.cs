using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Embedded.Clients.Tests;

public sealed class ClientSettingsTests
{
    [Fact]
    public void A_missing_connection_string_is_named_with_where_to_set_it()
    {
        var builder = Create();

        var refusal = Assert.Throws<InvalidOperationException>(() => builder.AddNpgsqlDataSource("jobs"));

        Assert.Contains("ConnectionStrings:jobs", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Aspire:Npgsql:ConnectionString", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_named_connection_string_wins_over_the_settings_and_a_callers_word_over_both()
    {
        var builder = Create(
            ("Aspire:Npgsql:ConnectionString", "Host=settings"), ("ConnectionStrings:jobs", "Host=named"));
        builder.AddNpgsqlDataSource("jobs");
        Assert.Equal("Host=named", HostOf(builder));

        var other = Create(("Aspire:Npgsql:ConnectionString", "Host=settings"));
        other.AddNpgsqlDataSource("jobs");
        Assert.Equal("Host=settings", HostOf(other));

        var third = Create(("ConnectionStrings:jobs", "Host=named"));
        third.AddNpgsqlDataSource("jobs", settings => settings.ConnectionString = "Host=caller");
        Assert.Equal("Host=caller", HostOf(third));
    }

    [Fact]
    public void The_section_of_the_connection_wins_over_the_common_one()
    {
        var builder = Create(
            ("ConnectionStrings:jobs", "Host=named"),
            ("Aspire:Npgsql:DisableHealthChecks", "false"),
            ("Aspire:Npgsql:jobs:DisableHealthChecks", "true"));

        builder.AddNpgsqlDataSource("jobs");

        Assert.Empty(ChecksOf(builder));
    }

    [Fact]
    public void Both_clients_bring_their_health_check_unless_told_not_to()
    {
        var builder = Create(("ConnectionStrings:jobs", "Host=h"), ("ConnectionStrings:redis", "h:1"));
        builder.AddNpgsqlDataSource("jobs");
        builder.AddRedisClient("redis");
        Assert.Equal(["PostgreSql", "StackExchange.Redis"], ChecksOf(builder).Order());

        var without = Create(("ConnectionStrings:jobs", "Host=h"), ("ConnectionStrings:redis", "h:1"));
        without.AddNpgsqlDataSource("jobs", settings => settings.DisableHealthChecks = true);
        without.AddRedisClient("redis", settings => settings.DisableHealthChecks = true);
        Assert.Empty(ChecksOf(without));
    }

    private static HostApplicationBuilder Create(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        return builder;
    }

    private static string HostOf(HostApplicationBuilder builder) =>
        builder.Build().Services.GetRequiredService<NpgsqlDataSource>().ConnectionString;

    private static IEnumerable<string> ChecksOf(HostApplicationBuilder builder) =>
        builder.Build().Services.GetService<IOptions<HealthCheckServiceOptions>>()?.Value.Registrations.Select(check => check.Name) ?? [];
}
