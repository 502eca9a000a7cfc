namespace Queueing.Events;

/// <summary>A piece of the text that an attempt writes.</summary>
/// <param name="Claim">The seq of the attempt's claim, which tells attempts apart also when a job is let run again.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Text">The text.</param>
internal sealed record TextPiece(long Claim, TextPosition Start, string Text);
