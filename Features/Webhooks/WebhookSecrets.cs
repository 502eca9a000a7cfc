using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Features.Webhooks;

/// <summary>
/// Signs calls as <see href="https://www.standardwebhooks.com">Standard Webhooks</see> 1.0 says: HMAC-SHA-256 of the message's id, its time and its
/// body. Each caller has secrets of its own, derived from the configured keys (HMAC-SHA-256 of the caller's id), so that one
/// receiver can't make up messages for another.
/// </summary>
internal sealed class WebhookSecrets(IOptions<WebhookOptions> options)
{
    private const string Prefix = "whsec_";

    private readonly byte[][] keys = [.. options.Value.Keys.Select(key => WebhookOptions.Decode(key)!)];

    /// <returns>What the owner's receivers verify calls with; any one of them does.</returns>
    public string[] Of(string owner) => [.. Derive(owner).Select(secret => Prefix + Convert.ToBase64String(secret))];

    /// <returns>The header <c>webhook-signature</c>: a signature for each key.</returns>
    public string Sign(string owner, string messageId, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{messageId}.{timestamp}.")), .. body];
        return string.Join(' ', Derive(owner).Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, message))));
    }

    private IEnumerable<byte[]> Derive(string owner) => keys.Select(key => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("webhook\n" + owner)));
}
