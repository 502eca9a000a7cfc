using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>
/// Tokens that open one job's event stream and nothing else, for clients that can't send headers, such as a browser's
/// <c>EventSource</c>: the job's id and when the token expires, authenticated by HMAC-SHA-256 cut to 128 bits (RFC 2104).
/// </summary>
/// <remarks>A token is as good as the caller for this one stream: links with one are not to be shown to others.</remarks>
public sealed class EventTokens
{
    private const byte Version = 1;
    private const int ContentLength = 1 + 16 + 8;
    private const int SignatureLength = 16;
    private const int Length = ContentLength + SignatureLength;

    private readonly byte[][] keys;
    private readonly TimeSpan lifetime;
    private readonly TimeProvider time;

    /// <summary>Reads the keys.</summary>
    public EventTokens(IOptions<EventTokenOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        keys = [.. options.Value.Keys.Select(key => EventTokenOptions.Decode(key)!)];
        (lifetime, this.time) = (options.Value.Lifetime, time);
    }

    /// <returns>A token for a job's stream, fit for a URL; null where no keys are configured.</returns>
    public string? Create(Guid jobId)
    {
        if (keys is not [var key, ..])
        {
            return null;
        }

        Span<byte> token = stackalloc byte[Length];
        token[0] = Version;
        jobId.TryWriteBytes(token[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[17..], (time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        Sign(key, token[..ContentLength], token[ContentLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <returns>What the token opens, and until when; null when it was not made here, was changed, or has expired.</returns>
    public (Guid JobId, DateTimeOffset ExpiresAt)? Read(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        Span<byte> bytes = stackalloc byte[Length];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length != Length || bytes[0] != Version)
        {
            return null;
        }

        Span<byte> signature = stackalloc byte[SignatureLength];
        foreach (var key in keys)
        {
            Sign(key, bytes[..ContentLength], signature);
            if (CryptographicOperations.FixedTimeEquals(signature, bytes[ContentLength..]))
            {
                var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes[17..]));
                return expiresAt > time.GetUtcNow() ? (new Guid(bytes[1..17], bigEndian: true), expiresAt) : null;
            }
        }

        return null;
    }

    private static void Sign(byte[] key, ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content, whole);
        whole[..SignatureLength].CopyTo(signature);
    }
}
