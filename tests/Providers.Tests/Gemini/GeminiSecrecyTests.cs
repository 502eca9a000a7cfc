using Providers.Tests.Wire;

namespace Providers.Tests.Gemini;

public sealed class GeminiSecrecyTests
{
    [Theory]
    [InlineData(400, """{"error":{"code":400,"message":"API key not valid: SECRET","status":"SECRET","details":[{"reason":"SECRET"}]}}""")]
    [InlineData(500, "SECRET")]
    [InlineData(200, "SECRET")]
    [InlineData(200, """{"SECRET":{"SECRET":1}""")]
    public Task Neither_prompt_nor_key_is_told(int status, string body) =>
        Secrecy.NothingIsRepeatedAsync(endpoint => ProviderHost.Gemini(endpoint), "gemini", status, body);
}
