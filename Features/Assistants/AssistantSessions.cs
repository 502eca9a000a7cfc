using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Queueing;

namespace Features.Assistants;

/// <summary>The rows of conversations.</summary>
internal sealed class AssistantSessions(NpgsqlDataSource dataSource)
{
    /// <summary>Opens a conversation, if there isn't one of this id.</summary>
    public static Task OpenAsync(NpgsqlTransaction transaction, Guid id, string owner, Guid courseId, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, AssistantSql.OpenSession, cancellationToken, new() { Value = id }, new() { Value = owner }, new() { Value = courseId });

    /// <summary>Keeps a question and its answer, once.</summary>
    public static Task SaveAsync(
        NpgsqlTransaction transaction, Guid id, Guid jobId, string question, AssistantAnswer answer, CancellationToken cancellationToken) =>
        ExecuteAsync(
            transaction, AssistantSql.SaveMessages, cancellationToken,
            new() { Value = id }, new() { Value = jobId }, new() { Value = question }, new() { Value = answer.Answer },
            new() { Value = JsonSerializer.Serialize(answer.Sources, JobJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });

    /// <returns>Whose conversation it is and of which course, or null.</returns>
    public async Task<(string Owner, Guid CourseId)?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AssistantSql.FindAssistantSession);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetGuid(1)) : null;
    }

    /// <returns>The latest messages, oldest first.</returns>
    public async Task<IReadOnlyList<AssistantMessage>> ReadAsync(Guid id, int most, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AssistantSql.ReadMessages);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = id }, new() { Value = most } });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<AssistantMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(new(
                reader.GetString(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : JsonSerializer.Deserialize<AnswerSource[]>(reader.GetString(2), JobJson.Options),
                reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return messages;
    }

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
