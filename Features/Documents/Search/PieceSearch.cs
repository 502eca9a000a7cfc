using Npgsql;
using NpgsqlTypes;
using Microsoft.Extensions.Options;

namespace Features.Documents.Search;

/// <summary>Finds the pieces that may hold the answer to a question, by its words and by its vector together.</summary>
internal sealed class PieceSearch(NpgsqlDataSource dataSource, IOptions<PieceSearchOptions> options)
{
    // Of each list. A piece below that in both has not been seen among the first five by anybody.
    private const int MostRanked = 100;

    // Longer ones are texts, of which the beginning must do.
    private const int MostCharacters = 2_000;

    /// <param name="scope">Where to look. Documents that are not completed aren't looked at.</param>
    /// <param name="question">Any text.</param>
    /// <param name="vector">The question's, by <paramref name="model"/>; an empty one, or one without a direction, leaves the search to the words.</param>
    /// <param name="model">Pieces whose vectors another model made are found by their words only.</param>
    /// <param name="count">The most to find.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The best first; no two neighbours of a document as long as there are others.</returns>
    public async Task<IReadOnlyList<FoundPiece>> FindAsync(
        PieceScope scope, string question, ReadOnlyMemory<float> vector, string model, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var asked = await FindScopeAsync(connection, scope, question, cancellationToken);
        if (asked.Documents is [])
        {
            return [];
        }

        var most = Math.Max(MostRanked, 2 * count);
        var byWords = asked.Words is [] ? [] : await FindByWordsAsync(connection, asked, most, cancellationToken);
        var byVector = !VectorRanking.HasDirection(vector.Span) ? []
            : asked.ComparesVectors ? await FindNearAsync(connection, asked, vector, model, most, cancellationToken)
            : await VectorRanking.FindAsync(connection, asked.Documents, vector, model, most, cancellationToken);
        return await ReadAsync(connection, PieceRanking.Best(byWords, byVector, count), cancellationToken);
    }

    private static async Task<Asked> FindScopeAsync(NpgsqlConnection connection, PieceScope scope, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PieceSql.FindScope, connection);
        Add(command, (scope as PieceScope.OfDocument)?.Id, NpgsqlDbType.Uuid);
        Add(command, (scope as PieceScope.OfCourse)?.Id, NpgsqlDbType.Uuid);
        Add(command, (scope as PieceScope.OfOwner)?.Owner, NpgsqlDbType.Text);
        Add(command, PieceText.Storable(question.Length > MostCharacters ? question[..MostCharacters] : question), NpgsqlDbType.Text);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetFieldValue<Guid[]>(0), reader.GetInt64(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(3));
    }

    private static async Task<List<RankedPiece>> FindByWordsAsync(NpgsqlConnection connection, Asked asked, int most, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PieceSql.FindByWords, connection);
        Add(command, asked.Documents, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        Add(command, asked.Words, NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(command, asked.Pieces, NpgsqlDbType.Bigint);
        Add(command, most, NpgsqlDbType.Integer);
        return await RankedAsync(command, cancellationToken);
    }

    private async Task<List<RankedPiece>> FindNearAsync(
        NpgsqlConnection connection, Asked asked, ReadOnlyMemory<float> vector, string model, int most, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PieceSql.FindNear, connection);
        Add(command, asked.Documents, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        Add(command, model, NpgsqlDbType.Text);
        Add(command, vector.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real);
        Add(command, (long)options.Value.MostCompared, NpgsqlDbType.Bigint);
        Add(command, most, NpgsqlDbType.Integer);
        return await RankedAsync(command, cancellationToken);
    }

    private static async Task<List<RankedPiece>> RankedAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<RankedPiece> ranked = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ranked.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetDouble(2)));
        }

        return ranked;
    }

    private static async Task<IReadOnlyList<FoundPiece>> ReadAsync(NpgsqlConnection connection, IReadOnlyList<RankedPiece> best, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PieceSql.ReadPieces, connection);
        Add(command, best.Select(piece => piece.DocumentId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        Add(command, best.Select(piece => piece.Index).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);
        Dictionary<(Guid, int), FoundPiece> found = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found[(reader.GetGuid(0), reader.GetInt32(1))] =
                new(reader.GetGuid(0), reader.GetString(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetString(5), Score: 0);
        }

        return [.. best
            .Where(piece => found.ContainsKey((piece.DocumentId, piece.Index)))
            .Select(piece => found[(piece.DocumentId, piece.Index)] with { Score = piece.Score })];
    }

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    private sealed record Asked(Guid[] Documents, long Pieces, string[] Words, bool ComparesVectors);
}
