using System.Globalization;
using System.Text.RegularExpressions;
using Queueing.Store;

namespace Queueing.Schema;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Name">Its embedded file.</param>
/// <param name="Text">Its statements.</param>
/// <param name="OldestBuild">The oldest build, by the version it knows, that runs on this schema.</param>
internal sealed partial record SchemaFile(int Version, string Name, string Text, int OldestBuild)
{
    private const string Prefix = "Schema/";

    public static IReadOnlyList<SchemaFile> All { get; } =
    [
        .. typeof(SchemaFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(Read)
            .OrderBy(file => file.Version),
    ];

    private static SchemaFile Read(string resource)
    {
        var version = int.Parse(resource.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture);
        var text = Sql.Read(resource);

        // A file that says nothing needs a build that knows it.
        var said = WorksWith().Match(text);
        return new(version, resource, text, said.Success ? int.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : version);
    }

    [GeneratedRegex(@"^-- works with builds from: (\d+)", RegexOptions.Multiline)]
    private static partial Regex WorksWith();
}
