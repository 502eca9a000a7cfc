using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Embedded.Postgres;

/// <summary>A folder with <c>initdb</c> and <c>postgres</c>, and their major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public string Initdb => Program("initdb");

    public string Postgres => Program("postgres");

    public string PgCtl => Program("pg_ctl");

    /// <summary>Asks <c>postgres --version</c>; null when the folder holds no working PostgreSQL.</summary>
    public static PostgresBinaries? TryRead(string folder)
    {
        var candidate = new PostgresBinaries(folder, 0);
        if (!File.Exists(candidate.Postgres) || !File.Exists(candidate.Initdb))
        {
            return null;
        }

        var start = new ProcessStartInfo(candidate.Postgres, "--version") { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start);
        var answer = process?.StandardOutput.ReadToEnd() ?? "";
        process?.WaitForExit();
        return MajorVersion().Match(answer) is { Success: true } match
            ? candidate with { Major = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) }
            : null;
    }

    private string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
