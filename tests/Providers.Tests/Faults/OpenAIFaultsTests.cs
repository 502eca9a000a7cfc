using Providers.Faults;

namespace Providers.Tests.Faults;

public sealed class OpenAIFaultsTests
{
    [Theory]
    [InlineData(400, "content_policy_violation", null, "content-refused", false, false)]
    [InlineData(403, "content_filter", null, "content-refused", false, false)]
    [InlineData(400, "invalid_prompt", "invalid_request_error", "content-refused", false, false)]
    [InlineData(429, "insufficient_quota", "insufficient_quota", "quota-exhausted", false, false)]
    [InlineData(429, null, "insufficient_quota", "quota-exhausted", false, false)]
    [InlineData(429, "credit_balance_exhausted", null, "quota-exhausted", false, false)]
    [InlineData(429, "organization_spend_limit_exceeded", null, "quota-exhausted", false, false)]
    [InlineData(429, "project_spend_limit_exceeded", null, "quota-exhausted", false, false)]
    [InlineData(429, "organization_usage_limit_exceeded", null, "quota-exhausted", false, false)]
    [InlineData(400, "billing_hard_limit_reached", null, "quota-exhausted", false, false)]
    [InlineData(429, "billing_not_active", null, "quota-exhausted", false, false)]
    [InlineData(402, null, null, "quota-exhausted", false, false)]
    [InlineData(400, "context_length_exceeded", null, "too-large", false, false)]
    [InlineData(400, "string_above_max_length", null, "too-large", false, false)]
    [InlineData(413, null, null, "too-large", false, false)]
    [InlineData(401, "invalid_api_key", "invalid_request_error", "not-authorised", false, false)]
    [InlineData(403, null, null, "not-authorised", false, false)]
    [InlineData(404, "model_not_found", "invalid_request_error", "not-found", false, false)]
    [InlineData(307, null, null, "not-found", false, false)]
    [InlineData(429, "rate_limit_exceeded", "tokens", "rate-limited", true, false)]
    [InlineData(503, "slow_down", null, "rate-limited", true, false)]
    [InlineData(408, null, null, "timeout", true, true)]
    [InlineData(409, null, null, "conflict", true, false)]
    [InlineData(500, null, "server_error", "server-error", true, true)]
    [InlineData(502, null, null, "server-error", true, true)]
    [InlineData(503, null, null, "server-error", true, false)]
    [InlineData(504, null, null, "timeout", true, true)]
    [InlineData(529, null, null, "server-error", true, true)]
    [InlineData(400, null, "invalid_request_error", "bad-request", false, false)]
    [InlineData(405, null, null, "bad-request", false, false)]
    [InlineData(422, "something_new", null, "bad-request", false, false)]
    public void A_status_and_a_code_tell_the_fault(int status, string? code, string? type, string word, bool isTransient, bool mayHaveCost)
    {
        var fault = OpenAIFaults.Of(status, code, type);
        Assert.Equal((word, isTransient, mayHaveCost, status), (fault.Word, fault.IsTransient, fault.MayHaveCost, fault.Status));
    }
}
