using System.Globalization;
using System.Reflection;
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
    /// <summary>The queue's own, in order.</summary>
    public static IReadOnlyList<SchemaFile> All { get; } = ReadAll(typeof(SchemaFile).Assembly, "Schema/");

    /// <returns>The embedded files of an assembly whose names are the prefix, four digits and whatever follows, in order.</returns>
    public static IReadOnlyList<SchemaFile> ReadAll(Assembly assembly, string prefix) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture)))
            .OrderBy(file => file.Version),
    ];

    private static SchemaFile Read(Assembly assembly, string resource, int version)
    {
        var text = Sql.Read(assembly, resource);

        // A file that says nothing needs a build that knows it.
        var said = WorksWith().Match(text);
        return new(version, resource, text, said.Success ? int.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : version);
    }

    [GeneratedRegex(@"^-- works with builds from: (\d+)", RegexOptions.Multiline)]
    private static partial Regex WorksWith();
}
