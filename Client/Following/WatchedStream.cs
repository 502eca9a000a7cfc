namespace AspireJobs.Client.Following;

/// <summary>An event stream's bytes, heartbeats among them; a read that brings none for too long ends the attempt.</summary>
internal sealed class WatchedStream(Stream inner, Silence silence, TimeSpan limit, CancellationTokenSource attempt) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        silence.Listen();
        attempt.CancelAfter(limit);
        var length = await inner.ReadAsync(buffer, cancellationToken);
        attempt.CancelAfter(Timeout.InfiniteTimeSpan);
        if (length > 0)
        {
            silence.Hear();
        }

        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
