using Providers.Faults;

namespace Providers.Tests.Faults;

public sealed class GeminiFaultsTests
{
    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", "API_KEY_INVALID", "not-authorised", false)]
    [InlineData(400, "FAILED_PRECONDITION", null, "not-authorised", false)]
    [InlineData(401, "UNAUTHENTICATED", null, "not-authorised", false)]
    [InlineData(402, null, null, "quota-exhausted", false)]
    [InlineData(403, "PERMISSION_DENIED", null, "not-authorised", false)]
    [InlineData(404, "NOT_FOUND", null, "not-found", false)]
    [InlineData(302, null, null, "not-found", false)]
    [InlineData(413, null, null, "too-large", false)]
    [InlineData(429, "RESOURCE_EXHAUSTED", "per-day", "quota-exhausted", false)]
    [InlineData(429, "RESOURCE_EXHAUSTED", null, "rate-limited", true)]
    [InlineData(408, null, null, "timeout", true)]
    [InlineData(409, "ABORTED", null, "conflict", true)]
    [InlineData(499, "CANCELLED", null, "connection-lost", true)]
    [InlineData(504, "DEADLINE_EXCEEDED", null, "timeout", true)]
    [InlineData(500, "INTERNAL", null, "server-error", true)]
    [InlineData(502, null, null, "server-error", true)]
    [InlineData(503, "UNAVAILABLE", null, "server-error", true)]
    [InlineData(400, "INVALID_ARGUMENT", null, "bad-request", false)]
    [InlineData(422, null, null, "bad-request", false)]
    public void A_status_and_the_errors_words_tell_the_fault(int status, string? word, string? reason, string expected, bool isTransient)
    {
        var fault = GeminiFaults.Of(status, word, reason);
        Assert.Equal((expected, isTransient, false, status), (fault.Word, fault.IsTransient, fault.MayHaveCost, fault.Status));
    }
}
