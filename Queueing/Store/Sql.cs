using System.Reflection;
using System.Runtime.CompilerServices;

namespace Queueing.Store;

/// <summary>The statements of the store, one embedded file each, in the words that psql takes unchanged.</summary>
internal static class Sql
{
    public static readonly string AdvanceSchedule = Load();
    public static readonly string BeatSession = Load();
    public static readonly string BeginReuse = Load();
    public static readonly string CancelJob = Load();
    public static readonly string ClaimJobs = Load();
    public static readonly string ClaimJobsWithinCaps = Load();
    public static readonly string CompleteJobs = Load();
    public static readonly string CountJobs = Load();
    public static readonly string DeleteKept = Load();
    public static readonly string DeleteKeys = Load();
    public static readonly string DepthOfQueue = Load();
    public static readonly string EndJob = Load();
    public static readonly string EndLapsedSessions = Load();
    public static readonly string ExpireJobs = Load();
    public static readonly string FindBloatedTables = Load();
    public static readonly string FindCancelRequests = Load();
    public static readonly string FindKeys = Load();
    public static readonly string FindNewJobs = Load();
    public static readonly string FindRecorded = Load();
    public static readonly string FoldCounts = Load();
    public static readonly string ForgetReuse = Load();
    public static readonly string InsertContinuations = Load();
    public static readonly string InsertJobs = Load();
    public static readonly string ListJobs = Load();
    public static readonly string ListPartitions = Load();
    public static readonly string ListUnfinished = Load();
    public static readonly string LockSchedule = Load();
    public static readonly string NextDueTime = Load();
    public static readonly string PromoteDueJobs = Load();
    public static readonly string ReadFailures = Load();
    public static readonly string ReadPositions = Load();
    public static readonly string ReadStatus = Load();
    public static readonly string ReadTransitions = Load();
    public static readonly string RedriveJob = Load();
    public static readonly string RegisterQueues = Load();
    public static readonly string ReleaseHeldJobs = Load();
    public static readonly string ReleaseJob = Load();
    public static readonly string ReportProgress = Load();
    public static readonly string RescueJobs = Load();
    public static readonly string RetryJob = Load();
    public static readonly string SetPaused = Load();
    public static readonly string TakeLead = Load();
    public static readonly string WakeSnoozed = Load();

    public static IEnumerable<string> FileNames =>
        typeof(Sql).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql") && !name.StartsWith("Schema/"));

    public static string Load([CallerMemberName] string name = "") => Read(typeof(Sql).Assembly, $"{name}.sql");

    public static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no embedded file '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
