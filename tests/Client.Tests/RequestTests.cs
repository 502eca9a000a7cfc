using System.Net;

namespace Client.Tests;

/// <summary>Posting, asking and cancelling, on the real system.</summary>
public sealed class RequestTests(Topology topology)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_posted_job_gives_its_result_as_a_type_of_the_callers()
    {
        var client = topology.ClientOf("test");

        var receipt = await client.EnqueueAsync(Flashcards.Type, Flashcards.Request, cancellationToken: Cancellation);
        var result = await client.WaitForResultAsync<Flashcards.Result>(receipt, Cancellation);

        Assert.Equal(10, result!.Flashcards.Count);
        Assert.All(result.Flashcards, card => Assert.NotEmpty(card.Question));
        var status = await client.FindAsync(receipt.JobId, Cancellation);
        Assert.Equal((Flashcards.Type, JobState.Completed, true), (status!.Type, status.Status, status.IsFinal));
        Assert.NotNull(status.FinishedAt);
    }

    [Fact]
    public async Task What_is_said_of_a_job_comes_to_the_server()
    {
        var client = topology.ClientOf("test");
        var time = new DateTimeOffset(2099, 1, 31, 13, 0, 0, TimeSpan.FromHours(1));

        var receipt = await client.EnqueueAsync(Flashcards.Type, Flashcards.Request, new() { Priority = 3, RunAt = time, ExpiresAt = time.AddDays(1) }, Cancellation);
        var status = await client.FindAsync(receipt.JobId, Cancellation);
        Assert.Equal((JobState.Delayed, 3, time), (status!.Status, status.Priority, status.RunAt));
        Assert.Equal(JobCancellation.Cancelled, await client.CancelAsync(receipt.JobId, Cancellation));
        Assert.Equal(JobCancellation.AlreadyFinished, await client.CancelAsync(receipt.JobId, Cancellation));

        receipt = await client.EnqueueAsync(Flashcards.Type, Flashcards.Request, new() { Delay = TimeSpan.FromHours(1) }, Cancellation);
        status = await client.FindAsync(receipt.JobId, Cancellation);
        Assert.Equal(JobState.Delayed, status!.Status);
        await Assert.ThrowsAsync<JobCancelledException>(async () =>
        {
            var result = client.WaitForResultAsync<Flashcards.Result>(receipt, Cancellation);
            await client.CancelAsync(receipt.JobId, Cancellation);
            await result;
        });
    }

    [Fact]
    public void Everything_that_is_said_of_a_job_is_in_the_query()
    {
        var url = EnqueueQuery.UrlOf("a type", new()
        {
            Priority = 3,
            Delay = TimeSpan.FromMinutes(2),
            RunAt = new(2030, 1, 31, 13, 0, 0, TimeSpan.FromHours(1)),
            ExpiresAt = new(2030, 2, 1, 0, 0, 0, TimeSpan.Zero),
            CallbackUrl = new("https://example.org/done?a=1&b=ü"),
        });

        Assert.Equal(
            "api/jobs/a%20type?priority=3&delayMs=120000&runAt=2030-01-31T12%3A00%3A00.0000000Z&expiresAt=2030-02-01T00%3A00%3A00.0000000Z"
            + "&callbackUrl=https%3A%2F%2Fexample.org%2Fdone%3Fa%3D1%26b%3D%25C3%25BC",
            url);
        Assert.Equal("api/jobs/plain", EnqueueQuery.UrlOf("plain", null));
    }

    [Fact]
    public async Task The_same_key_gives_the_first_job_back_and_another_payload_is_refused()
    {
        var client = topology.ClientOf("test");
        var options = new EnqueueOptions { IdempotencyKey = $"{Guid.NewGuid()}" };

        var first = await client.EnqueueAsync(Flashcards.Type, Flashcards.Request, options, Cancellation);
        var second = await client.EnqueueAsync(Flashcards.Type, Flashcards.Request, options, Cancellation);
        Assert.Equal((first.JobId, false, true), (second.JobId, first.IsReplayed, second.IsReplayed));

        var refused = await Assert.ThrowsAsync<JobApiException>(() =>
            client.EnqueueAsync(Flashcards.Type, new { content = "Other words.", subject = "s", topic = "t" }, options, Cancellation));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/problems/idempotency-conflict"), (refused.StatusCode, refused.Type));
        Assert.NotNull(refused.TraceId);
    }

    [Fact]
    public async Task A_refusal_names_what_is_wrong()
    {
        var client = topology.ClientOf("test");

        var refused = await Assert.ThrowsAsync<JobApiException>(() => client.EnqueueAsync(Flashcards.Type, new { subject = "s" }, null, Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("content", refused.Errors.Keys);
        refused = await Assert.ThrowsAsync<JobApiException>(() => client.EnqueueAsync(Flashcards.Type, Flashcards.Request, new() { Priority = 11 }, Cancellation));
        Assert.Contains("priority", refused.Errors.Keys);
        await Assert.ThrowsAsync<JobNotFoundException>(() => client.EnqueueAsync("no such type", Flashcards.Request, null, Cancellation));
    }

    [Fact]
    public async Task What_does_not_exist_is_null_and_unknown()
    {
        var client = topology.ClientOf("test");

        Assert.Null(await client.FindAsync(Guid.NewGuid(), Cancellation));
        Assert.Equal(JobCancellation.Unknown, await client.CancelAsync(Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task Waiting_for_a_job_that_fails_throws_its_error()
    {
        var jobId = await topology.Stories.BeginAsync("test", Story.Fail);

        var failed = await Assert.ThrowsAsync<JobFailedException>(() => topology.ClientOf("test").WaitForResultAsync<Flashcards.Result>(jobId, Cancellation));

        Assert.Equal((jobId, "no"), (failed.JobId, failed.Error.Type));
    }
}
