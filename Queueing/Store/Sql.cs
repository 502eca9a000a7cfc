using System.Runtime.CompilerServices;

namespace Queueing.Store;

/// <summary>The statements of the store, one embedded file each, in the words that psql takes unchanged.</summary>
internal static class Sql
{
    public static readonly string InsertJobs = Load();
    public static readonly string ClaimJobs = Load();
    public static readonly string CompleteJob = Load();
    public static readonly string FailJob = Load();
    public static readonly string RetryJob = Load();
    public static readonly string ReleaseJob = Load();
    public static readonly string ReleaseHeldJobs = Load();
    public static readonly string ReportProgress = Load();
    public static readonly string RescueJobs = Load();
    public static readonly string EndLapsedSessions = Load();
    public static readonly string ReadStatus = Load();
    public static readonly string ReadPositions = Load();
    public static readonly string CountJobs = Load();

    public static IEnumerable<string> FileNames =>
        typeof(Sql).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql") && !name.StartsWith("Schema/"));

    public static string Load([CallerMemberName] string name = "") => Read($"{name}.sql");

    public static string Read(string resource)
    {
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no embedded file '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
