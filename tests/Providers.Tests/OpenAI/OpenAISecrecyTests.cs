using Providers.Tests.Wire;

namespace Providers.Tests.OpenAI;

public sealed class OpenAISecrecyTests
{
    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: SECRET","type":"invalid_request_error","code":"invalid_api_key"}}""")]
    [InlineData(400, """{"error":{"message":"Invalid value: SECRET","type":"SECRET","code":"SECRET"}}""")]
    [InlineData(500, "SECRET")]
    [InlineData(200, "SECRET")]
    [InlineData(200, """{"SECRET":{"SECRET":1}""")]
    public Task Neither_prompt_nor_key_is_told(int status, string body) =>
        Secrecy.NothingIsRepeatedAsync(endpoint => ProviderHost.OpenAI(endpoint), "openai", status, body);
}
