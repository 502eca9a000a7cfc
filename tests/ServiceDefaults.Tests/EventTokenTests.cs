using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ServiceDefaults.Tests;

public sealed class EventTokenTests
{
    private static readonly Guid JobId = Guid.CreateVersion7();
    private static readonly string[] Keys = [.. Enumerable.Range(0, 3).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))];

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [Fact]
    public void A_token_opens_its_job_until_it_expires()
    {
        var tokens = TokensWith(Keys[0]);
        var token = tokens.Create(JobId)!;
        Assert.Equal((JobId, time.GetUtcNow().AddHours(24)), tokens.Read(token));

        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(JobId, tokens.Read(token)?.JobId);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(tokens.Read(token));
    }

    [Fact]
    public void A_token_that_was_changed_anywhere_opens_nothing()
    {
        var tokens = TokensWith(Keys[0]);
        var token = tokens.Create(JobId)!;

        // The last character carries bits that say nothing; the changes below stay clear of them.
        foreach (var at in Enumerable.Range(0, token.Length - 1))
        {
            var changed = token.ToCharArray();
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            Assert.Null(tokens.Read(new(changed)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not base64!")]
    [InlineData("====")]
    public void What_is_no_token_opens_nothing(string token) => Assert.Null(TokensWith(Keys[0]).Read(token));

    [Fact]
    public void What_is_far_too_long_opens_nothing() => Assert.Null(TokensWith(Keys[0]).Read(new('A', 100_000)));

    [Fact]
    public void The_first_key_signs_and_all_are_accepted()
    {
        var token = TokensWith(Keys[0], Keys[1]).Create(JobId)!;

        Assert.NotNull(TokensWith(Keys[0]).Read(token));
        Assert.NotNull(TokensWith(Keys[2], Keys[1], Keys[0]).Read(token));
        Assert.Null(TokensWith(Keys[1], Keys[2]).Read(token));
    }

    [Fact]
    public void Without_keys_there_are_no_tokens()
    {
        Assert.Null(TokensWith().Create(JobId));
        Assert.Null(TokensWith().Read(TokensWith(Keys[0]).Create(JobId)!));
    }

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("no base64, though it is long enough to be a key of more than 32 bytes")]
    public async Task A_key_that_is_none_stops_the_start_with_its_name(string key)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration[$"{EventTokenOptions.SectionName}:Keys:0"] = key;
        builder.AddEventTokens();
        using var host = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("EventTokens:Keys", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refusal.Message, StringComparison.Ordinal);
    }

    private EventTokens TokensWith(params string[] keys) => new(Options.Create(new EventTokenOptions { Keys = keys }), time);
}
