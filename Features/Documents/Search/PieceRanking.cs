namespace Features.Documents.Search;

/// <summary>Makes one order of two: that by the words of a question, and that by its vector.</summary>
/// <remarks>Why so, with figures: docs/decisions/0011-rank-pieces-by-words-and-vectors.md.</remarks>
internal static class PieceRanking
{
    private const double WeightOfVectors = 0.5;
    private const double WeightOfNeighbour = 0.4;

    // Servers and processors compute likenesses that differ beyond it; what is as good to it keeps the order of the text everywhere.
    private const int Digits = 5;

    /// <returns>The best pieces, the best first, with their scores.</returns>
    public static IReadOnlyList<RankedPiece> Best(IReadOnlyList<RankedPiece> byWords, IReadOnlyList<RankedPiece> byVector, int count)
    {
        Dictionary<(Guid DocumentId, int Index), double> own = [];
        Add(own, byWords, 1);
        Add(own, byVector, WeightOfVectors);

        // What stands before and after a piece is mostly on the same matter, and has the words that the piece itself takes for granted.
        var ordered = own
            .Select(piece => new RankedPiece(piece.Key.DocumentId, piece.Key.Index, piece.Value + WeightOfNeighbour * Neighbours(own, piece.Key)))
            .OrderByDescending(piece => Math.Round(piece.Score, Digits))
            .ThenBy(piece => piece.DocumentId)
            .ThenBy(piece => piece.Index)
            .ToList();
        return [.. Apart(ordered, count)];
    }

    /// <summary>By the best of each list: the two measures have nothing else in common.</summary>
    private static void Add(Dictionary<(Guid, int), double> scores, IReadOnlyList<RankedPiece> pieces, double weight)
    {
        var best = pieces.Count == 0 ? 0 : pieces.Max(piece => piece.Score);
        foreach (var piece in pieces.Where(piece => piece.Score > 0))
        {
            var key = (piece.DocumentId, piece.Index);
            scores[key] = scores.GetValueOrDefault(key) + weight * piece.Score / best;
        }
    }

    private static double Neighbours(Dictionary<(Guid DocumentId, int Index), double> own, (Guid DocumentId, int Index) key) =>
        own.GetValueOrDefault((key.DocumentId, key.Index - 1)) + own.GetValueOrDefault((key.DocumentId, key.Index + 1));

    /// <summary>No two neighbours, which overlap and say much the same, as long as there are others.</summary>
    private static IEnumerable<RankedPiece> Apart(List<RankedPiece> ordered, int count)
    {
        HashSet<(Guid, int)> taken = [];
        List<RankedPiece> passedOver = [];
        foreach (var piece in ordered)
        {
            if (taken.Count == count)
            {
                break;
            }

            if (taken.Contains((piece.DocumentId, piece.Index - 1)) || taken.Contains((piece.DocumentId, piece.Index + 1)))
            {
                passedOver.Add(piece);
                continue;
            }

            taken.Add((piece.DocumentId, piece.Index));
            yield return piece;
        }

        foreach (var piece in passedOver.Take(count - taken.Count))
        {
            yield return piece;
        }
    }
}
