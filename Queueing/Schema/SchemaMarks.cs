using Npgsql;

namespace Queueing.Schema;

/// <summary>The database's own record of the steps that were applied to it.</summary>
internal static class SchemaMarks
{
    /// <summary>Makes the tables of the marks, where there are none.</summary>
    public static Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        """
        create table if not exists schema_version (version integer primary key, applied_at timestamptz not null default now());
        create table if not exists schema_part_version (
            part         text        not null,
            version      integer     not null,
            applied_at   timestamptz not null default now(),
            oldest_build integer     not null,
            primary key (part, version))
        """,
        cancellationToken);

    public static async Task<SchemaMark> ReadAsync(NpgsqlConnection connection, SchemaPart part, CancellationToken cancellationToken)
    {
        // There may be no table at all.
        await using var exists = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        exists.Parameters.Add(new() { Value = part.Name is null ? "schema_version" : "schema_part_version" });
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return default;
        }

        // As JSON, because the mark of the queue's first version has one column less.
        await using var command = new NpgsqlCommand(
            part.Name is null
                ? "select coalesce(max(version), 0), coalesce(max(coalesce((to_jsonb(v) ->> 'oldest_build')::integer, version)), 0) from schema_version v"
                : "select coalesce(max(version), 0), coalesce(max(oldest_build), 0) from schema_part_version where part = $1",
            connection);
        if (part.Name is not null)
        {
            command.Parameters.Add(new() { Value = part.Name });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt32(0), reader.GetInt32(1));
    }

    /// <summary>Marks a step, in the transaction that applies it.</summary>
    public static Task AddAsync(NpgsqlConnection connection, SchemaPart part, SchemaFile file, CancellationToken cancellationToken) => part.Name is { } name
        ? ExecuteAsync(connection, "insert into schema_part_version (part, version, oldest_build) values ($1, $2, $3)", cancellationToken, name, file.Version, file.OldestBuild)
        : file.Version == 1
            ? ExecuteAsync(connection, "insert into schema_version (version) values ($1)", cancellationToken, file.Version)
            : ExecuteAsync(connection, "insert into schema_version (version, oldest_build) values ($1, $2)", cancellationToken, file.Version, file.OldestBuild);

    public static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
