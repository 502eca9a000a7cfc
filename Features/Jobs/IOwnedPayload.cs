namespace Features.Jobs;

/// <summary>A payload that names its user once more. Whoever creates the job must be that user; nobody need be named.</summary>
public interface IOwnedPayload
{
    /// <summary>The user, or null.</summary>
    string? UserId { get; }
}
