using System.Buffers.Binary;
using System.Text;

namespace Queueing.History.Tests.Proxies;

/// <summary>Tells which of a client's pieces write something that matters, by the statements that it has prepared.</summary>
/// <remarks>
/// A guess: of a message that comes in two pieces the rest is not understood. What is missed costs a fault, not the run.
/// Claims and rescues come many times a second and mostly find nothing, so only some of them count.
/// </remarks>
internal sealed class WriteSpotter
{
    private const int HeaderLength = 5;
    private const int PollsPerHit = 12;

    private static readonly string[] Writes = ["commit", "'completed'", "$4, attempt, seq, started_at", "returned as (", "removed as (", "undone as (", "insert into job_key"];
    private static readonly string[] Polls = ["claimed as (", "orphan as ", "late as "];

    private readonly Dictionary<string, string> prepared = [];
    private int polls;

    /// <returns>Whether the piece, looked at once, writes.</returns>
    public bool Writing(ReadOnlySpan<byte> piece)
    {
        var writing = false;
        while (piece.Length > HeaderLength
            && BinaryPrimitives.ReadInt32BigEndian(piece[1..]) is >= 4 and var length && length < piece.Length)
        {
            writing |= Matters(piece[0], piece[HeaderLength..(length + 1)]);
            piece = piece[(length + 1)..];
        }

        return writing;
    }

    private bool Matters(byte type, ReadOnlySpan<byte> body)
    {
        switch ((char)type)
        {
            case 'Q':
                return Matters(Text(ref body));
            case 'P':
                var (name, sql) = (Text(ref body), Text(ref body));
                prepared[name] = sql;
                return false;
            case 'B':
                Text(ref body); // The portal.
                return prepared.TryGetValue(Text(ref body), out var bound) && Matters(bound);
            default:
                return false;
        }
    }

    private bool Matters(string sql)
    {
        if (Polls.Any(words => sql.Contains(words, StringComparison.Ordinal)))
        {
            return ++polls % PollsPerHit == 0;
        }

        return Writes.Any(words => sql.Contains(words, StringComparison.OrdinalIgnoreCase))
            && !sql.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase);
    }

    private static string Text(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        var text = end < 0 ? "" : Encoding.UTF8.GetString(body[..end]);
        body = body[(end + 1)..];
        return text;
    }
}
