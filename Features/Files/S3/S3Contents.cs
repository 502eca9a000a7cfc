using Microsoft.Extensions.Options;

namespace Features.Files.S3;

/// <summary>
/// Files in an S3 bucket, in parts: each is an object of its own, <c>{id}/0000</c> and so on. So an upload whose length nobody knows takes
/// the memory of a part; and what one that was cut off has left can be found and deleted, which S3's own multipart uploads hide.
/// </summary>
internal sealed class S3Contents(IOptions<FileStoreOptions> options, TimeProvider time) : IFileContents, IDisposable
{
    private const int PartLength = 4 << 20; // Bytes.

    private readonly S3Bucket bucket = new(options.Value.S3, time);

    public async Task WriteAsync(Guid fileId, Stream bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[PartLength];
        for (var number = 0; ; number++)
        {
            var length = await bytes.ReadAtLeastAsync(buffer, PartLength, throwOnEndOfStream: false, cancellationToken);
            if (length > 0)
            {
                // Not the caller's token: a part that comes to be after the file was deleted would stay for ever.
                await bucket.PutAsync(KeyOf(fileId, number), buffer.AsMemory(0, length), CancellationToken.None);
            }

            if (length < PartLength)
            {
                return;
            }
        }
    }

    public async Task ReadAsync(Guid fileId, Stream destination, CancellationToken cancellationToken)
    {
        using var part = new MemoryStream(PartLength);
        for (var number = 0; ; number++)
        {
            part.SetLength(0);
            if (!await bucket.TryGetAsync(KeyOf(fileId, number), part, cancellationToken))
            {
                if (number == 0)
                {
                    throw new FileGoneException();
                }

                return;
            }

            await destination.WriteAsync(part.GetBuffer().AsMemory(0, (int)part.Length), cancellationToken);
            if (part.Length < PartLength)
            {
                return;
            }
        }
    }

    public async Task DeleteAsync(Guid fileId, CancellationToken cancellationToken)
    {
        var parts = 0;
        while (await bucket.ExistsAsync(KeyOf(fileId, parts), cancellationToken))
        {
            parts++;
        }

        // The first one last: while it is there, the others are found again, should this be cut off.
        while (parts-- > 0)
        {
            await bucket.DeleteAsync(KeyOf(fileId, parts), cancellationToken);
        }
    }

    public void Dispose() => bucket.Dispose();

    private static string KeyOf(Guid fileId, int number) => $"{fileId}/{number:0000}";
}
