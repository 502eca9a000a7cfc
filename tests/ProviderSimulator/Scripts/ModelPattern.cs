namespace ProviderSimulator.Scripts;

/// <summary>A model's name; with a <c>*</c> at its end any rest does, and <c>*</c> alone means all models.</summary>
internal static class ModelPattern
{
    public const string All = "*";

    public static bool Matches(string pattern, string model) => pattern.EndsWith('*')
        ? model.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : string.Equals(model, pattern, StringComparison.Ordinal);
}
