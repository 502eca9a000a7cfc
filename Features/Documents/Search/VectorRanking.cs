using System.Numerics.Tensors;
using Npgsql;
using NpgsqlTypes;

namespace Features.Documents.Search;

/// <summary>Compares vectors in this process, all of a scope's: for servers that can't.</summary>
internal static class VectorRanking
{
    /// <returns>The nearest first.</returns>
    public static async Task<List<RankedPiece>> FindAsync(
        NpgsqlConnection connection, Guid[] documents, ReadOnlyMemory<float> vector, string model, int most, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PieceSql.ReadVectors, connection);
        command.Parameters.Add(new() { Value = documents, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = model });
        command.Parameters.Add(new() { Value = vector.Length });
        PriorityQueue<RankedPiece, double> nearest = new(most + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // A vector without a direction is as far from everything as can be: its likeness is not a number.
            double likeness = TensorPrimitives.CosineSimilarity(vector.Span, reader.GetFieldValue<float[]>(2));
            if (likeness > 0)
            {
                nearest.Enqueue(new(reader.GetGuid(0), reader.GetInt32(1), likeness), likeness);
                if (nearest.Count > most)
                {
                    nearest.Dequeue();
                }
            }
        }

        return [.. nearest.UnorderedItems.Select(item => item.Element)
            .OrderByDescending(piece => piece.Score).ThenBy(piece => piece.DocumentId).ThenBy(piece => piece.Index)];
    }

    /// <summary>Whether it can be compared with others.</summary>
    public static bool HasDirection(ReadOnlySpan<float> vector) => !vector.IsEmpty && TensorPrimitives.Norm(vector) is > 0 and < float.PositiveInfinity;
}
