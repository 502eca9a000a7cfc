namespace AspireJobs.Client.Following;

/// <summary>Which failures may pass by themselves.</summary>
internal static class Passing
{
    /// <remarks>
    /// What can't pass is named and the rest is waited out: the handlers of an application's HTTP client have exceptions of
    /// their own (a resilience handler's timeouts, a sign-in's failures), which this library doesn't know.
    /// </remarks>
    public static bool MayPass(this Exception exception) => exception switch
    {
        JobApiException refusal => refusal.StatusCode.IsPassing(),
        InvalidOperationException or ArgumentException or NotSupportedException => false, // A mistake, in the program or here.
        _ => true,
    };

    /// <summary>Says it without the words of the exception, in which there might be anything.</summary>
    public static string Reason(this Exception exception) => exception switch
    {
        JobApiException refusal => $"{(int)refusal.StatusCode}",
        HttpRequestException { StatusCode: { } status } => $"{(int)status}",
        HttpRequestException request => $"{request.HttpRequestError}",
        HttpIOException io => $"{io.HttpRequestError}",
        _ => exception.GetType().Name,
    };
}
