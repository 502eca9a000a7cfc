namespace Features.Webhooks;

/// <summary>Asks for a job's status document to be posted to whoever wants to be called back at its end.</summary>
internal sealed record PostCallback(Guid JobId, Uri Url);

/// <summary>The result: what the receiver answered.</summary>
internal sealed record CallbackPosted(int StatusCode);
