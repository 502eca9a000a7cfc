using Queueing.Running;

namespace Queueing.Tests;

/// <summary>What is kept of attempts that failed: enough to find the fault, without the payload's text.</summary>
public sealed class FailureTests(PostgresServerFixture postgres)
{
    private const string Secret = "The patient's name is Rumpelstiltskin.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_failed_attempt_is_kept_with_its_error_and_stack()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(context => throw new InvalidOperationException($"Broke in attempt {context.Attempt}."));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        var failures = await host.Get<JobReader>().FindFailuresAsync(status.JobId, Cancellation);
        Assert.Equal([1, 2, 3], failures.Select(failure => failure.Attempt));
        Assert.All(failures, failure =>
        {
            Assert.Equal(new JobError("InvalidOperationException", $"Broke in attempt {failure.Attempt}.", Transient: true), failure.Error);
            Assert.Contains(nameof(Each_failed_attempt_is_kept_with_its_error_and_stack), failure.Stack, StringComparison.Ordinal);
            Assert.InRange(failure.FailedAt, status.CreatedAt, status.FinishedAt!.Value);
        });
    }

    [Fact]
    public async Task The_payloads_text_is_in_no_column_that_tells_of_the_failure()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Run = (chore, _, _) => throw new FormatException(
            $"Could not read '{chore.Text}'.", new InvalidOperationException($"inner {chore.Text} {chore.Text}"));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore(Secret)));

        Assert.Equal("Could not read '[payload]'.", status.Error?.Message);
        Assert.Equal(3L, await host.ScalarAsync("select count(*) from job_failure where stack like '%inner [payload]%'"));
        Assert.Equal(0L, await host.ScalarAsync(
            "select count(*) from job_failure f, job_outcome o where f::text like '%Rumpelstiltskin%' or o::text like '%Rumpelstiltskin%'"));
    }

    [Theory]
    [InlineData("""{"text":"secret words"}""", "saw secret words!", "saw [payload]!")]
    [InlineData("""{"a":{"b":["first secret","second secret"]}}""", "second secret, first secret", "[payload], [payload]")]
    [InlineData("""{"a":"secret","b":"secret and more"}""", "secret and more", "[payload]")]
    [InlineData("""{"text":"a\nb"}""", "a b", "a b")]
    [InlineData("""{"text":"true"}""", "was true", "was true")]
    [InlineData("""{"number":12345678}""", "12345678", "12345678")]
    [InlineData("""{"text":"quote \" and ü"}""", "saw quote \" and ü", "saw [payload]")]
    [InlineData("not JSON at all", "saw not JSON at all", "saw [payload]")]
    [InlineData("""{"text":"see Donaudampfschiffahrtsgesellschaft there"}""", "no Donaudampfschiffahrtsgesellschaft", "no [payload]")]
    [InlineData("""{"text":"A first line of it.\nThe second line of it.\r\nThe third."}""", "at 'The second line of it.'", "at '[payload]'")]
    public void Texts_of_the_payload_are_taken_out(string payload, string text, string redacted) =>
        Assert.Equal(redacted, PayloadRedaction.Redact(text, payload));

    [Fact]
    public void A_large_payload_is_taken_out_in_no_time()
    {
        var payload = $$"""{"text":"{{string.Join(' ', Enumerable.Range(0, 40_000).Select(i => $"a-rather-long-word-{i}"))}}"}""";
        var text = string.Concat(Enumerable.Repeat("at Some.Method.Of.A.Handler(String text) in a-rather-long-word-39999\n", 100));

        var watch = TimeProvider.System.GetTimestamp();
        Assert.DoesNotContain("39999", PayloadRedaction.Redact(text, payload), StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(watch), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')] // Half a pair.
    public async Task An_error_with_what_the_database_takes_for_no_text_is_kept(char character)
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(_ => throw new InvalidOperationException($"a{character}b"));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal((JobState.Failed, 3, "InvalidOperationException"), (status.Status, status.Attempt, status.Error?.Type));
        Assert.Equal(3, (await host.Get<JobReader>().FindFailuresAsync(status.JobId, Cancellation)).Count);
    }

    [Fact]
    public async Task A_result_with_what_the_database_takes_for_no_text_is_kept()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(_ => new JobOutcome.Completed(new { text = "a\0b\ud83d" }));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal((JobState.Completed, "a\0b\ufffd"), (status.Status, status.Result?.GetProperty("text").GetString()));
    }
}
