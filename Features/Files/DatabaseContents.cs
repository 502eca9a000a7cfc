using Npgsql;

namespace Features.Files;

/// <summary>
/// Files in the database, in parts. Each part is a transaction of its own: an upload lasts as long as its client's line makes it, and a
/// transaction that is open for long holds up the upkeep of the queue's tables.
/// </summary>
internal sealed class DatabaseContents(NpgsqlDataSource dataSource) : IFileContents
{
    private const int PartLength = 1 << 20; // Bytes: what an upload holds in memory.

    public async Task WriteAsync(Guid fileId, Stream bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[PartLength];
        for (var number = 0; ; number++)
        {
            var length = await bytes.ReadAtLeastAsync(buffer, PartLength, throwOnEndOfStream: false, cancellationToken);
            if (length == 0)
            {
                return;
            }

            await using var command = dataSource.CreateCommand(FileSql.InsertFilePart);
            command.Parameters.AddRange(new NpgsqlParameter[]
            {
                new() { Value = fileId }, new() { Value = number }, new() { Value = new ArraySegment<byte>(buffer, 0, length) },
            });
            await command.ExecuteNonQueryAsync(cancellationToken);
            if (length < PartLength)
            {
                return;
            }
        }
    }

    public async Task ReadAsync(Guid fileId, Stream destination, CancellationToken cancellationToken)
    {
        for (var number = 0; ; number++)
        {
            await using var command = dataSource.CreateCommand(FileSql.ReadFilePart);
            command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = fileId }, new() { Value = number } });
            if (await command.ExecuteScalarAsync(cancellationToken) is byte[] bytes)
            {
                await destination.WriteAsync(bytes, cancellationToken);
            }
            else if (number == 0)
            {
                throw new FileGoneException();
            }
            else
            {
                return;
            }
        }
    }

    public Task DeleteAsync(Guid fileId, CancellationToken cancellationToken) => Task.CompletedTask;
}
