namespace Providers.Azure;

/// <summary>The body of an error. Its message is not read: it may repeat what was sent.</summary>
internal sealed record AzureFailure(AzureError? Error);

internal sealed record AzureError(string? Code, AzureInnerError? Innererror);

/// <summary>Says it more exactly.</summary>
internal sealed record AzureInnerError(string? Code);
