using Providers.Faults;

namespace Providers.Tests.Faults;

public sealed class AzureFaultsTests
{
    [Theory]
    [InlineData(200, "NoMatch", "no-speech", false, true)]
    [InlineData(200, "InitialSilenceTimeout", "no-speech", false, true)]
    [InlineData(200, "BabbleTimeout", "no-speech", false, true)]
    [InlineData(200, "Error", "server-error", true, true)]
    [InlineData(200, "Other", "bad-answer", true, true)]
    [InlineData(200, null, "bad-answer", true, true)]
    [InlineData(400, null, "bad-request", false, false)]
    [InlineData(415, null, "bad-request", false, false)]
    public void Azure_speech_has_words_of_its_own(int status, string? word, string expected, bool isTransient, bool mayHaveCost) =>
        Check(AzureFaults.Speech(status, word), status, expected, isTransient, mayHaveCost);

    [Theory]
    [InlineData(400, "InvalidRequest", "NotSupportedFeature", "not-supported")]
    [InlineData(400, "InvalidRequest", "FeatureNotSupported", "not-supported")]
    [InlineData(400, "NotSupportedLanguage", null, "not-supported")]
    [InlineData(400, "InvalidRequest", "InvalidImageSize", "too-large")]
    [InlineData(400, "InvalidRequest", "InvalidImageFormat", "bad-request")]
    [InlineData(403, "OutOfCallVolumeQuota", null, "quota-exhausted")]
    [InlineData(415, "InvalidRequest", null, "bad-request")]
    public void Azure_vision_has_words_of_its_own(int status, string? code, string? inner, string expected) =>
        Check(AzureFaults.Vision(status, code, inner), status, expected, isTransient: false, mayHaveCost: false);

    [Theory]
    [InlineData(401, "not-authorised", false, false)]
    [InlineData(402, "quota-exhausted", false, false)]
    [InlineData(403, "not-authorised", false, false)]
    [InlineData(404, "not-found", false, false)]
    [InlineData(302, "not-found", false, false)]
    [InlineData(413, "too-large", false, false)]
    [InlineData(429, "rate-limited", true, false)]
    [InlineData(408, "timeout", true, true)]
    [InlineData(409, "conflict", true, false)]
    [InlineData(503, "server-error", true, false)]
    [InlineData(504, "timeout", true, true)]
    [InlineData(500, "server-error", true, true)]
    [InlineData(502, "server-error", true, true)]
    [InlineData(422, "bad-request", false, false)]
    public void Both_have_their_statuses_in_common(int status, string expected, bool isTransient, bool mayHaveCost)
    {
        Check(AzureFaults.Speech(status, null), status, expected, isTransient, mayHaveCost);
        Check(AzureFaults.Vision(status, null, null), status, expected, isTransient, mayHaveCost);
    }

    private static void Check(ProviderFault fault, int status, string expected, bool isTransient, bool mayHaveCost) =>
        Assert.Equal((expected, isTransient, mayHaveCost, status), (fault.Word, fault.IsTransient, fault.MayHaveCost, fault.Status));
}
