namespace Features.Files;

/// <summary>Where the bytes of files are kept.</summary>
internal interface IFileContents
{
    /// <summary>Writes a file. What was written before a failure is taken away by <see cref="DeleteAsync"/>.</summary>
    /// <exception cref="StorageAwayException">The store can't be reached. What reading <paramref name="bytes"/> throws is thrown as it is.</exception>
    Task WriteAsync(Guid fileId, Stream bytes, CancellationToken cancellationToken);

    /// <summary>Copies a file's bytes.</summary>
    /// <exception cref="FileGoneException">There is none.</exception>
    /// <exception cref="StorageAwayException">The store can't be reached.</exception>
    Task ReadAsync(Guid fileId, Stream destination, CancellationToken cancellationToken);

    /// <summary>Takes a file's bytes away; nothing if there are none. The database's go with the file's row.</summary>
    /// <exception cref="StorageAwayException">The store can't be reached.</exception>
    Task DeleteAsync(Guid fileId, CancellationToken cancellationToken);
}
