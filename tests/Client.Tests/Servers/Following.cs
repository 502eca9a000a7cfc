namespace Client.Tests;

/// <summary>A follower as a test reads it. What doesn't come within a minute fails the test.</summary>
internal sealed class Following : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A follower that is told the same for ever would never run out of patience.
    private const int Most = 1_000;

    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly IAsyncEnumerator<JobNotice> notices;

    public Following(JobClient client, Guid jobId, string? lastEventId = null)
        : this(client.FollowAsync(jobId, lastEventId, CancellationToken.None))
    {
    }

    public Following(IAsyncEnumerable<JobNotice> notices) => this.notices = notices.GetAsyncEnumerator(patience.Token);

    /// <returns>The next notice; null when there are no more.</returns>
    public async Task<JobNotice?> NextAsync()
    {
        patience.CancelAfter(Patience);
        return await notices.MoveNextAsync() ? notices.Current : null;
    }

    /// <returns>The first notice from here on that is as told.</returns>
    public async Task<TNotice> UntilAsync<TNotice>(Func<TNotice, bool>? wanted = null)
        where TNotice : JobNotice
    {
        while (await NextAsync() is { } notice)
        {
            if (notice is TNotice found && wanted?.Invoke(found) != false)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"The follower ended without the {typeof(TNotice).Name}.");
    }

    public async Task<List<JobNotice>> ReadToEndAsync()
    {
        var all = new List<JobNotice>();
        while (await NextAsync() is { } notice)
        {
            all.Add(notice);
            Assert.True(all.Count < Most, "The follower doesn't end.");
        }

        return all;
    }

    public static Task<List<JobNotice>> AllOfAsync(JobClient client, Guid jobId, string? lastEventId = null) =>
        AllOfAsync(client.FollowAsync(jobId, lastEventId, CancellationToken.None));

    public static async Task<List<JobNotice>> AllOfAsync(IAsyncEnumerable<JobNotice> notices)
    {
        await using var following = new Following(notices);
        return await following.ReadToEndAsync();
    }

    /// <returns>"progress#3": the event that the notice was made of.</returns>
    public static string Describe(JobNotice notice) => $"{notice.GetType().Name.ToLowerInvariant()}#{notice.EventId}";

    public async ValueTask DisposeAsync()
    {
        await notices.DisposeAsync();
        patience.Dispose();
    }
}
