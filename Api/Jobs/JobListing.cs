using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Queueing;
using ServiceDefaults;

namespace Api.Jobs;

/// <summary>Jobs, page by page.</summary>
internal static class JobListing
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 200;
    private const int LongestOwner = 200;

    private static readonly string[] States =
        [JobState.Waiting, JobState.Delayed, JobState.Active, JobState.Completed, JobState.Failed, JobState.Cancelled];

    /// <summary>One page of the caller's jobs, newest first; of everybody's for whoever may read them.</summary>
    public static async Task<Results<Ok<JobPage>, ValidationProblem, ForbidHttpResult>> ListAsync(
        string? state, string? type, string? owner, string? cursor, string? limit,
        ClaimsPrincipal caller, JobReader jobs, JobTypes types, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        if (state is not null && !States.Contains(state))
        {
            errors[nameof(state)] = [$"Expected one of {string.Join(", ", States)}."];
        }

        if (type is not null && types.Find(type) is null)
        {
            errors[nameof(type)] = ["Expected the name of a job type."];
        }

        if (owner is not null && (owner.Length is 0 or > LongestOwner || owner.Contains('\0', StringComparison.Ordinal)))
        {
            errors[nameof(owner)] = [$"Expected a user's id of 1 to {LongestOwner} characters."];
        }

        Guid? before = null;
        if (cursor is not null)
        {
            before = Guid.TryParseExact(cursor, "N", out var last) ? last : null;
            if (before is null)
            {
                errors[nameof(cursor)] = ["Expected the nextCursor of the page before."];
            }
        }

        var count = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= LargestLimit))
        {
            errors[nameof(limit)] = [$"Expected a whole number from 1 to {LargestLimit}."];
        }

        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        if (!caller.MayReadAll)
        {
            if (owner is not null && owner != caller.Id)
            {
                return TypedResults.Forbid();
            }

            owner = caller.Id;
        }

        // One more than asked for tells whether there is another page.
        var found = await jobs.ListAsync(new(owner, type, State: state), before, count + 1, cancellationToken);
        return TypedResults.Ok(found.Count <= count
            ? new JobPage(found, null)
            : new JobPage([.. found.Take(count)], found[count - 1].JobId.ToString("N")));
    }

    /// <param name="Items">Status documents, newest first.</param>
    /// <param name="NextCursor">What to ask for the next page with; null on the last one.</param>
    internal sealed record JobPage(IReadOnlyList<JobStatus> Items, string? NextCursor);
}
