namespace Providers.Speech.PocketSphinx;

/// <summary>What the recogniser put a stretch of sound down to.</summary>
/// <param name="Label">A word, of which another pronunciation has a number behind it in parentheses; a phone; or silence and noise.</param>
/// <param name="Start">The first frame of 10 ms.</param>
/// <param name="End">The last one.</param>
/// <param name="Likelihood">The logarithm of how well the sound fits, on a scale of the recogniser's own; of the whole stretch.</param>
internal sealed record Segment(string Label, int Start, int End, double Likelihood)
{
    public int Frames => End - Start + 1;

    public double PerFrame => Likelihood / Frames;

    /// <summary>Whether it is a word of the text, rather than silence, noise, or nothing.</summary>
    public bool IsWord => !Label.StartsWith('<') && !Label.StartsWith('[') && !Label.StartsWith('(') && !Label.StartsWith('+');

    public string Word => Label.IndexOf('(') is var numbered and > 0 ? Label[..numbered] : Label;
}
