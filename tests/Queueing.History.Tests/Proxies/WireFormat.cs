namespace Queueing.History.Tests.Proxies;

/// <summary>The little that a proxy needs to know of PostgreSQL's protocol.</summary>
internal static class WireFormat
{
    private const int ReadyLength = 6;

    /// <summary>Whether a server's bytes end with ReadyForQuery: the answer is complete.</summary>
    public static bool IsReady(ReadOnlySpan<byte> bytes) => bytes.Length >= ReadyLength && bytes[^ReadyLength..] is [(byte)'Z', 0, 0, 0, 5, _];

    /// <summary>Whether that answer leaves no transaction open: what was written is committed.</summary>
    public static bool IsOutsideTransaction(ReadOnlySpan<byte> bytes) => bytes is [.., (byte)'I'];
}
