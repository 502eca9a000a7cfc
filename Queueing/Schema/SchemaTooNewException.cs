namespace Queueing;

/// <summary>The database was migrated by a newer build than this one.</summary>
public sealed class SchemaTooNewException(int found, int known)
    : Exception($"The database has schema version {found}, but this build knows versions up to {known}. Run a newer build.")
{
    /// <summary>The version of the database.</summary>
    public int Found { get; } = found;

    /// <summary>The newest version that this build knows.</summary>
    public int Known { get; } = known;
}
