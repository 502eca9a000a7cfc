namespace Queueing;

/// <summary>The database was migrated by a build too new for this one.</summary>
/// <remarks>A build runs on schemas newer than its own as long as they say so: two versions one apart run side by side.</remarks>
public sealed class SchemaTooNewException(int found, int known, int oldestBuild, string? part = null)
    : Exception($"The database has schema version {found}{(part is null ? "" : $" of {part}")}, which needs a build that knows version {oldestBuild}; this one knows versions up to {known}. Run a newer build.")
{
    /// <summary>The version of the database.</summary>
    public int Found { get; } = found;

    /// <summary>The newest version that this build knows.</summary>
    public int Known { get; } = known;

    /// <summary>The oldest build, by the version it knows, that the database's schema works with.</summary>
    public int OldestBuild { get; } = oldestBuild;
}
