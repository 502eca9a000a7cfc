namespace Providers.Local.Embeddings;

/// <summary>
/// The same number for the same characters in every process and on every machine, as that of <see cref="string.GetHashCode()"/> is not: vectors are
/// stored, and compared years later.
/// </summary>
internal static class StableHash
{
    // FNV-1a of 64 bits, over UTF-16 code units.
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <param name="kind">Keeps features apart that have the same characters.</param>
    /// <param name="text">The feature's characters.</param>
    public static ulong Of(char kind, ReadOnlySpan<char> text)
    {
        var hash = (Offset ^ kind) * Prime;
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return Mixed(hash);
    }

    // FNV leaves its upper bits alike for short texts that differ at their end only; this is the finish of MurmurHash3.
    private static ulong Mixed(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
