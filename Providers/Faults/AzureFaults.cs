namespace Providers.Faults;

/// <summary>What the errors of Azure's speech and vision mean.</summary>
internal static class AzureFaults
{
    private static readonly FaultRow[] Common =
    [
        new(401, null, FaultWords.NotAuthorised), // Also a key of another region.
        new(402, null, FaultWords.QuotaExhausted),
        new(403, null, FaultWords.NotAuthorised),
        new(404, null, FaultWords.NotFound),
        new(300..400, null, FaultWords.NotFound), // Redirects aren't followed, since the key would go along.
        new(413, null, FaultWords.TooLarge),

        new(429, null, FaultWords.RateLimited),
        new(408, null, FaultWords.Timeout) { MayHaveCost = true },
        new(409, null, FaultWords.Conflict),
        new(503, null, FaultWords.ServerError), // Turned away before anything was done.
        new(504, null, FaultWords.Timeout) { MayHaveCost = true },
        new(500..600, null, FaultWords.ServerError) { MayHaveCost = true },
    ];

    /// <summary>Its answers of 200 have a status of their own.</summary>
    private static readonly FaultRow[] SpeechTable =
    [
        new(200, "NoMatch", FaultWords.NoSpeech) { MayHaveCost = true },
        new(200, "InitialSilenceTimeout", FaultWords.NoSpeech) { MayHaveCost = true },
        new(200, "BabbleTimeout", FaultWords.NoSpeech) { MayHaveCost = true }, // Noise alone.
        new(200, "Error", FaultWords.ServerError) { MayHaveCost = true },
        new(200..300, null, FaultWords.BadAnswer) { MayHaveCost = true },
        .. Common,
        new(FaultRow.Any, null, FaultWords.BadRequest),
    ];

    private static readonly FaultRow[] VisionTable =
    [
        new(400, "NotSupportedFeature", FaultWords.NotSupported), // Captions are not in every region.
        new(400, "FeatureNotSupported", FaultWords.NotSupported),
        new(400, "NotSupportedLanguage", FaultWords.NotSupported),
        new(400, "InvalidImageSize", FaultWords.TooLarge),
        new(403, "OutOfCallVolumeQuota", FaultWords.QuotaExhausted),
        .. Common,
        new(FaultRow.Any, null, FaultWords.BadRequest),
    ];

    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The <c>RecognitionStatus</c>, or the error's code.</param>
    public static ProviderFault Speech(int status, params ReadOnlySpan<string?> codes) => FaultRow.Read(SpeechTable, status, codes);

    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The error's code, and its inner error's.</param>
    public static ProviderFault Vision(int status, params ReadOnlySpan<string?> codes) => FaultRow.Read(VisionTable, status, codes);
}
