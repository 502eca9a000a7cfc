using Providers.Tests.Wire;

namespace Providers.Tests.Azure;

/// <summary>Azure repeats what it was sent in its errors; nobody else does.</summary>
public sealed class AzureSecrecyTests
{
    private const string Secret = "text-of-a-child";

    public static TheoryData<string, int, string> Answers()
    {
        TheoryData<string, int, string> rows = [];
        foreach (var provider in (string[])[AzureCalls.Speech, AzureCalls.Vision])
        {
            rows.Add(provider, 400, """{"error":{"code":"SECRET","message":"SECRET","innererror":{"code":"SECRET","message":"SECRET"}}}""");
            rows.Add(provider, 401, "SECRET");
            rows.Add(provider, 500, """{"error":"SECRET"}""");
            rows.Add(provider, 200, "SECRET");
            rows.Add(provider, 200, """{"RecognitionStatus":"SECRET","readResult":{"blocks":"SECRET"}}""");
            rows.Add(provider, 200, """{"RecognitionStatus":"Success","NBest":[{"AccuracyScore":"SECRET"}],"readResult":{"blocks":[{"lines":[{"text":"SECRET","words":[{"confidence":7}]}]}]}}""");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Neither_text_nor_key_is_told(string provider, int status, string body)
    {
        await using var server = await CannedServer.StartAsync(status, body.Replace("SECRET", $"{Secret} {ProviderHost.Key}", StringComparison.Ordinal));
        using var host = ProviderHost.Azure(new(server.Address));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => provider == AzureCalls.Speech
            ? host.Assessor(provider).AssessAsync(AzureCalls.Recording(), Secret, cancellationToken: TestContext.Current.CancellationToken)
            : (Task)host.Reader(provider).ReadAsync(AzureCalls.Image, TestContext.Current.CancellationToken));
        Assert.Contains(ProviderHost.Key, server.Request, StringComparison.Ordinal);
        foreach (var told in new[] { failure.Message, failure.ToString(), failure.Fault.ToString(), host.Logs.All })
        {
            Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
            Assert.DoesNotContain(ProviderHost.Key, told, StringComparison.Ordinal);
        }
    }
}
