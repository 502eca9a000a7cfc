using System.Runtime.CompilerServices;

namespace Features;

/// <summary>The features' statements, one embedded file each, in the words that psql takes unchanged.</summary>
internal static class Statements
{
    private const string Folder = "Sql/";

    public static IEnumerable<string> FileNames =>
        typeof(Statements).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal));

    public static string Load([CallerMemberName] string name = "") => Read($"{Folder}{name}.sql");

    public static string Read(string resource)
    {
        using var stream = typeof(Statements).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no embedded file '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
