using Features.Documents.Pieces;
using Npgsql;
using NpgsqlTypes;

namespace Features.Documents.Search;

/// <summary>Writes the pieces of documents.</summary>
internal static class PieceStore
{
    /// <summary>
    /// Puts pieces with their vectors in the place of those that the document has, in the caller's transaction. Done again, it leaves one set;
    /// done at the same time by another, it waits.
    /// </summary>
    /// <param name="transaction">The caller's; holds the document until it ends.</param>
    /// <param name="documentId">The document.</param>
    /// <param name="model">What made the vectors.</param>
    /// <param name="pieces">The pieces.</param>
    /// <param name="vectors">One for each piece, in the same order and all of the same length.</param>
    /// <param name="cancellationToken">Ends it; the transaction can only be rolled back then.</param>
    /// <returns>False where the document is gone, and nothing was written.</returns>
    /// <exception cref="ArgumentException">The vectors don't go with the pieces.</exception>
    public static async Task<bool> ReplaceAsync(
        NpgsqlTransaction transaction,
        Guid documentId,
        string model,
        IReadOnlyList<Piece> pieces,
        IReadOnlyList<ReadOnlyMemory<float>> vectors,
        CancellationToken cancellationToken)
    {
        Ensure(pieces, vectors);
        var connection = transaction.Connection ?? throw new ArgumentException("The transaction has ended.", nameof(transaction));
        if (!await TryLockAsync(connection, documentId, cancellationToken))
        {
            return false;
        }

        await using var delete = new NpgsqlCommand(PieceSql.DeletePieces, connection);
        delete.Parameters.Add(new() { Value = documentId });
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await WriteAsync(connection, documentId, model, pieces, vectors, cancellationToken);
        return true;
    }

    private static void Ensure(IReadOnlyList<Piece> pieces, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        if (pieces.Count != vectors.Count)
        {
            throw new ArgumentException($"There are {pieces.Count} pieces and {vectors.Count} vectors.", nameof(vectors));
        }

        if (vectors.Any(vector => vector.IsEmpty || vector.Length != vectors[0].Length))
        {
            throw new ArgumentException("The vectors are empty, or not of one length.", nameof(vectors));
        }
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, Guid documentId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PieceSql.LockDocument, connection);
        command.Parameters.Add(new() { Value = documentId });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        Guid documentId,
        string model,
        IReadOnlyList<Piece> pieces,
        IReadOnlyList<ReadOnlyMemory<float>> vectors,
        CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(PieceSql.WritePieces, cancellationToken);
        foreach (var (piece, vector) in pieces.Zip(vectors))
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(documentId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(piece.Index, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(piece.FirstPage, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(piece.LastPage, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(model, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(PieceText.Storable(piece.Text), NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(vector.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
