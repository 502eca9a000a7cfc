namespace Features.Files;

/// <summary>What a client may upload somewhere.</summary>
/// <param name="Description">For people, after "Expected": "a PDF".</param>
/// <param name="Most">Bytes at most.</param>
/// <param name="MediaTypeOf">Says what a file is by its first <see cref="Head"/> bytes; null where it is nothing of this kind.</param>
internal sealed record FileKind(string Description, long Most, Func<ReadOnlySpan<byte>, string?> MediaTypeOf)
{
    /// <summary>By how many bytes a file is recognised.</summary>
    public const int Head = 1024;

    // The parts of a form around its file: their headers, and fields.
    private const long Around = 1 << 20;

    /// <summary>The most bytes of the whole request.</summary>
    public long MostOfRequest => Most + Around;
}
