using Microsoft.Extensions.Configuration;

namespace Providers.Settings;

/// <summary>What the options of providers have in common.</summary>
internal static class ProviderSettings
{
    extension(IConfiguration configuration)
    {
        /// <returns>What the environment says under a name that other software goes by too; null if nothing.</returns>
        public string? Fallback(string name) => string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name];

        public Uri? FallbackAddress(string name) =>
            configuration.Fallback(name) is { } text && Uri.TryCreate(text.Trim(), UriKind.RelativeOrAbsolute, out var address) ? address : null;
    }

    public static bool IsAddress(Uri? address) => address is { IsAbsoluteUri: true, UserInfo: "", Query: "", Fragment: "" }
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <summary>Whether it can go into a header: what is thrown otherwise repeats it.</summary>
    public static bool IsKey(string? key) => key is null || key.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
