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

        /// <summary>
        /// Lets the process have so many connections at most; what needs one more waits for its turn. The database takes 100 of all
        /// processes, unless it is told otherwise, and refuses the rest.
        /// </summary>
        /// <param name="connections">How many, where the connection string doesn't say fewer.</param>
        public void LimitConnections(int connections) =>
            database.ConnectionStringBuilder.MaxPoolSize = Math.Min(database.ConnectionStringBuilder.MaxPoolSize, connections);
    }
}
