namespace AspireJobs.Client;

/// <summary>A problem document (RFC 9457), as far as the client reads it.</summary>
internal sealed record Problem(string? Type, string? Title, string? Detail, string? TraceId, Dictionary<string, string[]>? Errors)
{
    public static readonly Problem Unknown = new(null, null, null, null, null);
}
