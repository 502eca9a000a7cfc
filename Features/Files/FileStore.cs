using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing;

namespace Features.Files;

/// <summary>
/// What clients upload. A file that was saved is kept for a day; with the job that it was given to, until that has ended; and for good
/// once <see cref="KeepAsync"/> says so. One that was cut off was never there.
/// </summary>
internal sealed partial class FileStore(NpgsqlDataSource dataSource, IFileContents contents, JobReader jobs, ILogger<FileStore> logger)
{
    /// <summary>Saves a file.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FileTooLargeException">It has more.</exception>
    /// <exception cref="StorageAwayException">Where files are kept can't be reached.</exception>
    public async Task<StoredFile> SaveAsync(
        string owner, string name, string mediaType, Stream bytes, long most, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var isDone = false;
        await using var measured = new MeasuredStream(bytes, most);
        await ExecuteAsync(FileSql.InsertFile, cancellationToken, id, owner, name, mediaType);
        try
        {
            await contents.WriteAsync(id, measured, cancellationToken);
            var hash = measured.Sha256();
            isDone = await ExecuteAsync(FileSql.CompleteFile, cancellationToken, id, measured.Position, hash) == 1;
            return isDone
                ? new(id, owner, name, mediaType, measured.Position, Convert.ToHexStringLower(hash))
                : throw new TimeoutException("The file took longer than it would have been kept.");
        }
        catch (StorageAwayException)
        {
            // What it was doing may yet be done, so only the purge can know what there is to delete.
            isDone = true;
            throw;
        }
        finally
        {
            if (!isDone)
            {
                await DiscardAsync(id);
            }
        }
    }

    /// <returns>The file, or null.</returns>
    public Task<StoredFile?> FindAsync(Guid id, CancellationToken cancellationToken) => FindAsync(FileSql.FindFile, id, cancellationToken);

    /// <returns>The file that was given to a job, and all its bytes.</returns>
    /// <exception cref="FileGoneException">It has none, any more.</exception>
    /// <exception cref="StorageAwayException">Where files are kept can't be reached.</exception>
    public async Task<(StoredFile File, byte[] Bytes)> ReadOfJobAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var file = await FindAsync(FileSql.FindFileOfJob, jobId, cancellationToken) ?? throw new FileGoneException();
        var bytes = new byte[file.Length];
        await using var destination = new MemoryStream(bytes);
        await ReadAsync(file.Id, destination, cancellationToken);
        return (file, bytes);
    }

    /// <summary>Copies a file's bytes: all of them, or it throws.</summary>
    /// <exception cref="FileGoneException">There is none, any more; some of its bytes may have been copied.</exception>
    /// <exception cref="StorageAwayException">Where files are kept can't be reached.</exception>
    public async Task ReadAsync(Guid id, Stream destination, CancellationToken cancellationToken)
    {
        var file = await FindAsync(id, cancellationToken) ?? throw new FileGoneException();
        await using var counted = new CountedStream(destination);
        await contents.ReadAsync(id, counted, cancellationToken);
        if (counted.Position != file.Length)
        {
            throw new FileGoneException();
        }
    }

    /// <summary>Has a file kept for good, if and when the transaction is committed.</summary>
    /// <exception cref="FileGoneException">It isn't there any more.</exception>
    public static async Task KeepAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        if (await ExecuteAsync(transaction, FileSql.KeepFile, cancellationToken, id) == 0)
        {
            throw new FileGoneException();
        }
    }

    /// <summary>Has a file kept until a job has ended, if and when the transaction is committed. A job has one file at most.</summary>
    /// <returns>False if it isn't there any more.</returns>
    public static async Task<bool> TryGiveToJobAsync(NpgsqlTransaction transaction, Guid id, Guid jobId, CancellationToken cancellationToken) =>
        await ExecuteAsync(transaction, FileSql.GiveFileToJob, cancellationToken, id, jobId) == 1;

    /// <summary>Has a file deleted before long, if and when the transaction is committed.</summary>
    public static Task ReleaseAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, FileSql.ReleaseFile, cancellationToken, id);

    /// <summary>Deletes a file that nothing came to know of. Where that can't be done now, <see cref="DeleteExpiredAsync"/> does it later.</summary>
    public async Task DiscardAsync(Guid id)
    {
        try
        {
            // Not the request's token: often a client that left is why.
            await contents.DeleteAsync(id, CancellationToken.None);
            await ExecuteAsync(FileSql.DeleteUnusedFile, CancellationToken.None, id);
        }
        catch (Exception exception) when (exception is DbException or StorageAwayException)
        {
            LogLeft(exception.Message);
        }
    }

    /// <summary>Deletes files that nothing has kept.</summary>
    /// <returns>How many were looked at; less than <paramref name="most"/> when there are no more.</returns>
    public async Task<int> DeleteExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var expired = await ListExpiredAsync(most, cancellationToken);
        foreach (var (id, jobId) in expired)
        {
            if (jobId is { } job && await jobs.FindAsync(job, cancellationToken) is { IsFinal: false })
            {
                await ExecuteAsync(FileSql.PostponeExpiry, cancellationToken, id);
                continue;
            }

            // The row last: while it is there, the bytes are found again and taken away by the next call.
            await contents.DeleteAsync(id, cancellationToken);
            await ExecuteAsync(FileSql.DeleteExpiredFile, cancellationToken, id);
        }

        return expired.Count;
    }

    private static async Task<int> ExecuteAsync(NpgsqlTransaction transaction, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        return await ExecuteAsync(command, values, cancellationToken);
    }

    private static Task<int> ExecuteAsync(NpgsqlCommand command, object[] values, CancellationToken cancellationToken)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<StoredFile?> FindAsync(string sql, Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4),
                Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(5)))
            : null;
    }

    private async Task<List<(Guid Id, Guid? JobId)>> ListExpiredAsync(int most, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FileSql.ListExpiredFiles);
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var files = new List<(Guid, Guid?)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            files.Add((reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1)));
        }

        return files;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        return await ExecuteAsync(command, values, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An upload that came to nothing couldn't be deleted at once; the next purge does it: {Reason}")]
    private partial void LogLeft(string reason);
}
