using ProviderSimulator.Wire;

namespace ProviderSimulator.OpenAI;

/// <summary>OpenAI's form of error.</summary>
internal static class OpenAIErrors
{
    public static object Body(WireError error)
    {
        var (type, code) = error switch
        {
            { Code: "insufficient_quota" } => ("insufficient_quota", error.Code),
            { Status: StatusCodes.Status401Unauthorized } => ("invalid_request_error", "invalid_api_key"),
            { Status: StatusCodes.Status404NotFound } => ("invalid_request_error", "model_not_found"),
            { Status: StatusCodes.Status429TooManyRequests } => (error.Param ?? "requests", "rate_limit_exceeded"),
            { Status: >= 500 } => ("server_error", error.Code),
            _ => ("invalid_request_error", error.Code),
        };
        return new { error = new { message = error.Message, type, param = error.Status == StatusCodes.Status429TooManyRequests ? null : error.Param, code } };
    }
}
