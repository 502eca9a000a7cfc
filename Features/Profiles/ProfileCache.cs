using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Queueing;

namespace Features.Profiles;

/// <summary>
/// Profiles and manifests in memory, as the JSON that is sent. The key has the version that was taken before the reading: what was read while
/// somebody changed it is never found again.
/// </summary>
internal sealed class ProfileCache(HybridCache cache, ProfileReader reader, ProfileChanges changes)
{
    private static readonly HybridCacheEntryOptions ForProfiles = new() { Expiration = TimeSpan.FromMinutes(5) };
    private static readonly HybridCacheEntryOptions ForManifests = new() { Expiration = TimeSpan.FromHours(1) };

    /// <returns>The profile as JSON, and whether it was in memory.</returns>
    public Task<(byte[] Json, bool Cached)> ReadProfileAsync(string userId, CancellationToken cancellationToken) =>
        ReadAsync("profile", userId, ForProfiles, reader.ReadAsync, cancellationToken);

    /// <returns>The manifest as JSON, and whether it was in memory.</returns>
    public Task<(byte[] Json, bool Cached)> ReadManifestAsync(string userId, CancellationToken cancellationToken) =>
        ReadAsync("manifest", userId, ForManifests, reader.ReadManifestAsync, cancellationToken);

    private async Task<(byte[] Json, bool Cached)> ReadAsync<T>(
        string kind, string userId, HybridCacheEntryOptions options, Func<string, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken)
    {
        if (changes.VersionOf(userId) is not { } version)
        {
            return (Write(await readAsync(userId, cancellationToken)), false);
        }

        var isCached = true;
        var json = await cache.GetOrCreateAsync(
            $"{kind}:{version}:{userId}",
            async token =>
            {
                isCached = false;
                return new Json(Write(await readAsync(userId, token)));
            },
            options,
            cancellationToken: cancellationToken);
        return (json.Bytes, isCached);
    }

    private static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options);

    /// <summary>Not changed by anybody, so that it need not be copied for each who asks.</summary>
    [ImmutableObject(true)]
    private sealed record Json(byte[] Bytes);
}
