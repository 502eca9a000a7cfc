using Microsoft.Extensions.Configuration;

namespace Providers.Chains;

/// <summary>
/// Which providers of a kind are asked, in their order. The next is asked where one is left alone because it failed, where there is no
/// money for it, and where it refuses for good; not where its limits are used up: that is waited for.
/// </summary>
internal sealed class ChainOptions
{
    public IReadOnlyList<string> Chain { get; set; } = [];

    /// <param name="configuration">Where it is, as <c>{section}:Chain:0</c>, 1 and so on.</param>
    /// <param name="section">The kind.</param>
    /// <param name="known">The providers that there are; the last is asked where nothing is configured.</param>
    /// <exception cref="InvalidOperationException">The configuration names a provider that there isn't, or one twice.</exception>
    public static string[] Read(IConfiguration configuration, string section, params string[] known)
    {
        var options = configuration.GetSection(section).Get<ChainOptions>(binder => binder.ErrorOnUnknownConfiguration = true);
        string[] chain = options is { Chain: [_, ..] } ? [.. options.Chain] : [known[^1]];
        var key = $"{section}:{nameof(Chain)}";
        if (Array.Find(chain, provider => !known.Contains(provider, StringComparer.Ordinal)) is { } unknown)
        {
            throw new InvalidOperationException($"{key} names '{unknown}': expected {string.Join(", ", known[..^1])} or {known[^1]}.");
        }

        return chain.Distinct(StringComparer.Ordinal).Count() == chain.Length
            ? chain
            : throw new InvalidOperationException($"{key} names a provider twice: {string.Join(", ", chain)}.");
    }
}
