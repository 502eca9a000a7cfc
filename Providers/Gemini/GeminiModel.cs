namespace Providers.Gemini;

/// <summary>Names of models, which people write with and without what Google puts before them.</summary>
internal static class GeminiModel
{
    public const string Prefix = "models/";

    public static string NameOf(string model) => model.StartsWith(Prefix, StringComparison.Ordinal) ? model[Prefix.Length..] : model;
}
