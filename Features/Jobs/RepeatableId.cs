using System.Security.Cryptography;
using System.Text;

namespace Features.Jobs;

/// <summary>Ids of what a request makes beside its job: the same for a request that is repeated with its idempotency key, so that the payload is too.</summary>
internal static class RepeatableId
{
    /// <param name="request">The request.</param>
    /// <param name="kind">What is made: a caller may use one key for requests of different kinds.</param>
    public static Guid Of(EnqueueRequest request, string kind)
    {
        if (request.IdempotencyKey is not { } key)
        {
            return Guid.CreateVersion7();
        }

        // A UUID of version 8 (RFC 9562): the first 122 bits of a hash. The parts can't hold the character between them.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\0{request.Owner}\0{key}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }
}
