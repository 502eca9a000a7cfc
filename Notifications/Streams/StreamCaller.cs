using System.Security.Claims;
using ServiceDefaults;

namespace Notifications.Streams;

/// <summary>Who opens a stream, and what it may show.</summary>
/// <param name="Name">For counting.</param>
/// <param name="Token">The one job that a token opens, and until when; null for a caller that signed in.</param>
/// <param name="Principal">The caller that signed in.</param>
internal sealed record StreamCaller(string Name, (Guid JobId, DateTimeOffset ExpiresAt)? Token, ClaimsPrincipal Principal)
{
    /// <summary>When it may follow no longer; null for never.</summary>
    public DateTimeOffset? ExpiresAt => Token?.ExpiresAt ?? Principal.SignedInUntil;

    /// <summary>Whether it may see a job of an owner. A token says nothing of owners: it opens one job, whoever shows it.</summary>
    public bool MayFollow(Guid jobId, string owner) => Token is { } token ? token.JobId == jobId : Principal.MayRead(owner);
}
