using System.Diagnostics;
using Embedded.Postgres;
using Npgsql;

namespace Bench.Endurance;

/// <summary>The shape that most queues on PostgreSQL have: one table, taken from with SKIP LOCKED, deleted from.</summary>
internal sealed class PlainQueue : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly NpgsqlDataSource database;
    private readonly Task[] workers;

    private PlainQueue(NpgsqlDataSource database)
    {
        this.database = database;
        workers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(WorkAsync))];
    }

    public Arrivals Arrivals { get; } = new();

    public NpgsqlDataSource Database => database;

    public static async Task<PlainQueue> StartAsync(PostgresServer postgres, string name)
    {
        await postgres.CreateDatabaseAsync(name);
        var database = NpgsqlDataSource.Create(postgres.ConnectionString(name));
        await using var command = database.CreateCommand(
            """
            create table plain (id bigint generated always as identity primary key, run_at timestamptz not null default now(),
                                sent_at bigint not null, payload json not null, state text not null default 'waiting');
            create index plain_waiting on plain (run_at, id) where state = 'waiting'
            """);
        await command.ExecuteNonQueryAsync();
        return new(database);
    }

    public async Task EnqueueAsync(long[] sentAt, string text)
    {
        await using var command = database.CreateCommand("insert into plain (sent_at, payload) select s, to_json($2::text) from unnest($1::bigint[]) s");
        command.Parameters.Add(new() { Value = sentAt });
        command.Parameters.Add(new() { Value = text });
        await command.ExecuteNonQueryAsync();
    }

    private async Task WorkAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await using var connection = await database.OpenConnectionAsync();
            var ids = new List<long>();
            await using (var claim = new NpgsqlCommand(
                """
                with next as materialized (
                    select id from plain where state = 'waiting' and run_at <= now() order by run_at, id for update skip locked limit 20)
                update plain p set state = 'running' from next where p.id = next.id returning p.id, p.sent_at
                """,
                connection))
            await using (var reader = await claim.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    ids.Add(reader.GetInt64(0));
                    Arrivals.Add(reader.GetInt64(1));
                }
            }

            if (ids.Count == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
                continue;
            }

            await using var finish = new NpgsqlCommand("delete from plain where id = any ($1)", connection);
            finish.Parameters.Add(new() { Value = ids.ToArray() });
            await finish.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        stop.Dispose();
        await database.DisposeAsync();
    }
}
