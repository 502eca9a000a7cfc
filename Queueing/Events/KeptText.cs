namespace Queueing;

/// <summary>What Redis has of the text that an attempt writes: all of it, or, after a loss, its end.</summary>
/// <param name="Claim">The seq of the attempt's claim.</param>
/// <param name="Start">How much is missing before it, in UTF-16 code units.</param>
/// <param name="Text">The text from there.</param>
public sealed record KeptText(long Claim, int Start, string Text)
{
    /// <summary>How long the whole text is, as far as it is kept.</summary>
    public int End => Start + Text.Length;
}
