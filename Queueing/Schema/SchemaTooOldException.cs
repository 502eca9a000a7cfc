namespace Queueing;

/// <summary>The database was not migrated to what this build needs.</summary>
public sealed class SchemaTooOldException(int found, int needed, string? part = null)
    : Exception($"The database has schema version {found}{(part is null ? "" : $" of {part}")}, but this build needs version {needed}. Run `Worker migrate` of this build first.")
{
    /// <summary>The version of the database; 0 when it has none.</summary>
    public int Found { get; } = found;

    /// <summary>The version that this build needs.</summary>
    public int Needed { get; } = needed;
}
