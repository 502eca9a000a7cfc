using Npgsql;

namespace Features.Files;

/// <summary>
/// What clients upload. A file that was saved is kept for a day, and for good once <see cref="TryKeepAsync"/> says so; one that was cut off
/// was never there.
/// </summary>
internal sealed class FileStore(NpgsqlDataSource dataSource, IFileContents contents)
{
    /// <summary>Saves a file.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FileTooLargeException">It has more.</exception>
    public async Task<StoredFile> SaveAsync(
        string owner, string name, string mediaType, Stream bytes, long most, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await using var measured = new MeasuredStream(bytes, most);
        await ExecuteAsync(FileSql.InsertFile, cancellationToken, id, owner, name, mediaType);
        await contents.WriteAsync(id, measured, cancellationToken);
        var hash = measured.Sha256();
        return await ExecuteAsync(FileSql.CompleteFile, cancellationToken, id, measured.Position, hash) == 1
            ? new(id, owner, name, mediaType, measured.Position, Convert.ToHexStringLower(hash))
            : throw new TimeoutException("The file took longer than it would have been kept.");
    }

    /// <returns>The file, or null.</returns>
    public async Task<StoredFile?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FileSql.FindFile);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4),
                Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(5)))
            : null;
    }

    /// <summary>Copies a file's bytes.</summary>
    /// <exception cref="FileNotFoundException">There is none, any more.</exception>
    public Task ReadAsync(Guid id, Stream destination, CancellationToken cancellationToken) => contents.ReadAsync(id, destination, cancellationToken);

    /// <summary>Has a file kept for good, if and when the transaction is committed.</summary>
    /// <returns>False if it isn't there any more.</returns>
    public static async Task<bool> TryKeepAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FileSql.KeepFile, transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Deletes files that nothing has kept.</summary>
    /// <returns>How many; less than <paramref name="most"/> when there are no more.</returns>
    public async Task<int> DeleteExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var ids = await ListExpiredAsync(most, cancellationToken);
        foreach (var id in ids)
        {
            // The row last: while it is there, the bytes are found again and taken away by the next call.
            await contents.DeleteAsync(id, cancellationToken);
            await ExecuteAsync(FileSql.DeleteExpiredFile, cancellationToken, id);
        }

        return ids.Count;
    }

    private async Task<List<Guid>> ListExpiredAsync(int most, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FileSql.ListExpiredFiles);
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
