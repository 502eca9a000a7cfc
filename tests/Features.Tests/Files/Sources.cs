namespace Features.Tests.Files;

/// <summary>Bytes that come as a client sends them: in pieces, of a length that nobody was told.</summary>
/// <param name="length">How many.</param>
/// <param name="before">Called before each piece with how many there were.</param>
internal sealed class Source(long length, Func<long, Task>? before = null) : Stream
{
    private const int Piece = 60_000;

    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The byte at a place, which is like no other near it.</summary>
    public static byte At(long place) => (byte)((place * 31) ^ (place >> 9));

    public static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(place => At(place))];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (before is not null)
        {
            await before(position);
        }

        var count = (int)Math.Min(Math.Min(buffer.Length, Piece), length - position);
        for (var index = 0; index < count; index++)
        {
            buffer.Span[index] = At(position + index);
        }

        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Counts what is written to it.</summary>
/// <param name="after">Called after each piece.</param>
internal sealed class Sink(Func<Task>? after = null) : Stream
{
    private long count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => count;

    public override long Position { get => count; set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        count += buffer.Length;
        if (after is not null)
        {
            await after();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
