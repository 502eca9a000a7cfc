namespace ServiceDefaults.Tests.SignIn;

/// <summary>What stops a service at its start, in words that name the setting.</summary>
public sealed class SignInOptionsTests
{
    [Theory]
    [InlineData("Keys:0", "c2hvcnQ=", "SignIn:Keys")]
    [InlineData("Keys:0", "no base64, though it is long enough to be a key of more than 32 bytes", "SignIn:Keys")]
    [InlineData("Keys:0", "", "SignIn:Keys")]
    [InlineData("Authority", "http://id.example", "SignIn:Authority")]
    [InlineData("Authority", "id.example", "SignIn:Authority")]
    [InlineData("Authority", "/realms/jobs", "SignIn:Authority")]
    [InlineData("Audience", "", "Audience")]
    [InlineData("Issuer", "", "Issuer")]
    [InlineData("Autority", "https://id.example", "Autority")]
    public async Task A_setting_that_is_wrong_stops_the_start_with_its_name(string key, string value, string named)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => SignInHost.StartAsync(settings: new() { [$"SignIn:{key}"] = value }));

        Assert.Contains(named, refusal.ToString(), StringComparison.Ordinal);
        Assert.True(key != "Keys:0" || value.Length == 0 || !refusal.ToString().Contains(value, StringComparison.Ordinal));
    }
}
