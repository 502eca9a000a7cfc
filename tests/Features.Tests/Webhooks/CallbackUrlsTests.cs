using Features.Webhooks;
using Microsoft.Extensions.Options;

namespace Features.Tests.Webhooks;

public sealed class CallbackUrlsTests
{
    private static readonly string[] Hosts = ["hooks.example.com", "*.example.org", "10.0.0.1", "8.8.8.8", "[::1]", "::1"];

    [Theory]
    [InlineData("https://hooks.example.com/a?b=c#d")]
    [InlineData("https://HOOKS.example.com:8443/")]
    [InlineData("https://a.example.org/")]
    [InlineData("https://a.b.example.org/")]
    [InlineData("https://8.8.8.8/")]
    public void A_host_on_the_list_may_be_called(string url) => Assert.Null(RefusalOf(url));

    [Theory]
    [InlineData("", "https URL")]
    [InlineData("/hook", "https URL")]
    [InlineData("hooks.example.com", "https URL")]
    [InlineData("http://hooks.example.com/", "https URL")]
    [InlineData("ftp://hooks.example.com/", "https URL")]
    [InlineData("file:///etc/passwd", "https URL")]
    [InlineData("https://user:secret@hooks.example.com/", "user name")]
    [InlineData("https://example.com/", "not one of those")]
    [InlineData("https://hooks.example.com.evil.test/", "not one of those")]
    [InlineData("https://evilhooks.example.com/", "not one of those")]
    [InlineData("https://example.org/", "not one of those")]
    [InlineData("https://evilexample.org/", "not one of those")]
    [InlineData("https://hooks.example.com\\@evil.test/", "https URL")]
    [InlineData("https://2130706433/", "not one of those")] // 127.0.0.1 as one number
    [InlineData("https://10.0.0.1/", "not a public one")]
    [InlineData("https://[::1]/", "not a public one")]
    public void What_may_not_is_refused_with_the_reason(string url, string reason) => Assert.Contains(reason, RefusalOf(url), StringComparison.Ordinal);

    [Fact]
    public void It_has_an_end() => Assert.Contains("2048", RefusalOf("https://hooks.example.com/" + new string('a', 2048)), StringComparison.Ordinal);

    [Fact]
    public void Without_a_list_nobody_is_called() =>
        Assert.Contains("Webhooks:AllowedHosts", RefusalOf("https://hooks.example.com/", new()), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://hooks.example.com/")]
    [InlineData("http://10.0.0.1:9000/")]
    [InlineData("http://[::1]:9000/")]
    public void In_Development_it_may_be_this_machine(string url) =>
        Assert.Null(RefusalOf(url, new() { AllowedHosts = Hosts, AllowPrivateAddresses = true }));

    private static string? RefusalOf(string url, WebhookOptions? options = null)
    {
        new CallbackUrls(Options.Create(options ?? new() { AllowedHosts = Hosts })).TryRead(url, out _, out var refusal);
        return refusal;
    }
}
