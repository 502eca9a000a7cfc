using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;

namespace Features.Webhooks;

/// <summary>Judges the addresses that clients want to be called back at.</summary>
internal sealed class CallbackUrls(IOptions<WebhookOptions> options)
{
    private const int Longest = 2048;

    private readonly WebhookOptions options = options.Value;

    /// <returns>Whether it may be called, as far as can be said before its name is resolved; if not, <paramref name="refusal"/> says why.</returns>
    public bool TryRead(string text, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? refusal)
    {
        url = null;
        refusal = options.AllowedHosts is []
            ? $"Nobody is called back here: {WebhookOptions.SectionName}:{nameof(WebhookOptions.AllowedHosts)} names no host."
            : Judge(text, out url);
        return refusal is null;
    }

    private string? Judge(string text, out Uri? url)
    {
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out url) || !IsAllowedScheme(url.Scheme))
        {
            url = null;
            return $"Expected an absolute {(options.AllowPrivateAddresses ? "http or https" : "https")} URL of up to {Longest} characters.";
        }

        if (url.UserInfo.Length > 0)
        {
            return "Expected a URL without a user name and password.";
        }

        var host = url.IdnHost;
        if (!Array.Exists(options.AllowedHosts, allowed => IsMatch(allowed, host)))
        {
            return "Its host is not one of those that may be called back.";
        }

        return !options.AllowPrivateAddresses && IPAddress.TryParse(host, out var address) && !PublicAddresses.Contain(address)
            ? "Its address is not a public one."
            : null;
    }

    private bool IsAllowedScheme(string scheme) =>
        scheme == Uri.UriSchemeHttps || (scheme == Uri.UriSchemeHttp && options.AllowPrivateAddresses);

    private static bool IsMatch(string allowed, string host) => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase);
}
