using System.Text;

namespace AspireJobs.Client;

/// <summary>What an attempt has written up to some piece. It stays as it is when more is written.</summary>
/// <remarks>Not to be read while the follower that it came from is being moved on, by another thread.</remarks>
public sealed class JobText
{
    /// <summary>Stands in the text where some of it is lost.</summary>
    public const string HoleMark = "[…]";

    // Shared with the texts before and after it: what is written is only ever appended.
    private readonly StringBuilder written;
    private readonly int end;

    private JobText(int attempt, StringBuilder written, int length, bool hasHoles)
    {
        (Attempt, Length, HasHoles) = (attempt, length, hasHoles);
        (this.written, end) = (written, written.Length);
    }

    /// <summary>The attempt that writes it.</summary>
    public int Attempt { get; }

    /// <summary>How long it is with what is lost of it, in UTF-16 code units.</summary>
    public int Length { get; }

    /// <summary>Whether some of it is lost.</summary>
    public bool HasHoles { get; }

    /// <summary>The text, with <see cref="HoleMark"/> where some of it is lost.</summary>
    public override string ToString() => written.ToString(0, end);

    internal static JobText Begin(int attempt) => new(attempt, new(), 0, hasHoles: false);

    /// <summary>Appends what is new of a piece. Pieces overlap when a text is told again from its beginning.</summary>
    /// <param name="offset">Where the piece begins; null is the end.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="added">What was new of it.</param>
    /// <returns>The longer text, or this one when nothing was new.</returns>
    internal JobText Append(int? offset, string piece, out string added)
    {
        var start = offset ?? Length;
        var known = Math.Clamp(Length - start, 0, piece.Length);
        added = piece[known..];
        if (added.Length == 0)
        {
            return this;
        }

        var isHole = start > Length;
        written.Append(isHole ? HoleMark : "").Append(added);
        return new(Attempt, written, start + piece.Length, HasHoles || isHole);
    }
}
