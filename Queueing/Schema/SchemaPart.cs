namespace Queueing.Schema;

/// <summary>Tables that come with the queue's: its own, and those that libraries beside it keep in its database.</summary>
/// <param name="Name">A stable name; null for the queue's own.</param>
/// <param name="Files">The steps, in order.</param>
internal sealed record SchemaPart(string? Name, IReadOnlyList<SchemaFile> Files)
{
    public static SchemaPart Queue { get; } = new(null, SchemaFile.All);

    /// <summary>The version that this build writes and expects.</summary>
    public int Version => Files[^1].Version;

    /// <exception cref="SchemaTooNewException">The database was migrated by a build too new for this one.</exception>
    public void EnsureNotTooNew(SchemaMark mark)
    {
        if (mark.Version > Version && mark.OldestBuild > Version)
        {
            throw new SchemaTooNewException(mark.Version, Version, mark.OldestBuild, Name);
        }
    }

    /// <exception cref="SchemaTooOldException">The database was not migrated to what this build needs.</exception>
    public void EnsureNotTooOld(SchemaMark mark)
    {
        if (mark.Version < Version)
        {
            throw new SchemaTooOldException(mark.Version, Version, Name);
        }
    }
}

/// <summary>How far a database is.</summary>
/// <param name="Version">The last step that was applied; 0 for none.</param>
/// <param name="OldestBuild">The oldest build, by the version it knows, that runs on it.</param>
internal readonly record struct SchemaMark(int Version, int OldestBuild);
