namespace Providers.Tests;

internal static class PageTexts
{
    public static string Read(string name)
    {
        using var stream = typeof(PageTexts).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"No text named {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
