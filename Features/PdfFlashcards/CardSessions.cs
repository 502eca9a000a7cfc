using System.Text.Json;
using Features.Flashcards;
using Npgsql;
using NpgsqlTypes;
using Queueing;

namespace Features.PdfFlashcards;

/// <summary>The rows of who asked for cards of what, and of the cards that an unfinished job has so far.</summary>
internal sealed class CardSessions(NpgsqlDataSource dataSource)
{
    public static async Task InsertAsync(
        NpgsqlTransaction transaction, Guid id, Guid fileId, string owner, string? userPrompt, Guid jobId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CardSessionSql.InsertSession, transaction.Connection, transaction);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = id }, new() { Value = fileId }, new() { Value = owner },
            new() { Value = (object?)userPrompt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = jobId },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The session, or null.</returns>
    public async Task<CardSession?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CardSessionSql.FindSession);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(id, reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetGuid(3), reader.GetFieldValue<DateTimeOffset>(4))
            : null;
    }

    /// <returns>What earlier attempts have made, by the number of the part.</returns>
    public async Task<Dictionary<int, SectionCards>> ReadSectionsAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CardSessionSql.ReadSections);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sections = new Dictionary<int, SectionCards>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sections.Add(reader.GetInt32(0), new(JsonSerializer.Deserialize<Flashcard[]>(reader.GetString(1), JobJson.Options)!, reader.GetInt64(2))); // Written below.
        }

        return sections;
    }

    public async Task SaveSectionAsync(Guid id, int number, SectionCards section, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CardSessionSql.SaveSection);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = id }, new() { Value = number },
            new() { Value = JsonSerializer.Serialize(section.Cards, JobJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb }, new() { Value = section.Tokens },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets the cards of the parts, if and when the transaction is committed: the job's result has them.</summary>
    public static async Task DeleteSectionsAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CardSessionSql.DeleteSections, transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A time that somebody asked for cards of a PDF.</summary>
internal sealed record CardSession(Guid Id, Guid FileId, string Owner, string? UserPrompt, Guid JobId, DateTimeOffset CreatedAt);

/// <summary>The cards of a part, and the tokens that they took.</summary>
internal sealed record SectionCards(IReadOnlyList<Flashcard> Cards, long Tokens);
