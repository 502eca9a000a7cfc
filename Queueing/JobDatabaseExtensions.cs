using System.Diagnostics;
using Npgsql;

namespace Queueing;

/// <summary>Settings of the database client that suit the queue.</summary>
public static class JobDatabaseExtensions
{
    extension(NpgsqlDataSourceBuilder database)
    {
        /// <summary>Traces statements inside an operation only: else each poll and heartbeat would be a trace of its own.</summary>
        public void TraceWithinOperations() => database.ConfigureTracing(
            tracing => tracing.ConfigureCommandFilter(_ => Activity.Current is not null).EnablePhysicalOpenTracing(false));
    }
}
