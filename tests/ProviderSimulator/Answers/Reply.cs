namespace ProviderSimulator.Answers;

/// <summary>What the model writes.</summary>
/// <param name="Pieces">A piece for each token.</param>
/// <param name="Truncated">Whether more would have come but for the most tokens that the client allowed.</param>
internal sealed record Reply(IReadOnlyList<string> Pieces, bool Truncated)
{
    public static readonly Reply Empty = new([], Truncated: false);

    public string Text => string.Concat(Pieces);

    public static Reply Of(string text, int? mostTokens)
    {
        var pieces = Tokens.Pieces(text);
        return mostTokens < pieces.Count ? new([.. pieces.Take(mostTokens.Value)], Truncated: true) : new(pieces, Truncated: false);
    }
}
