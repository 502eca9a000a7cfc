using System.Net;

namespace Api.Tests;

public sealed class JobBatchTests(ApiServers servers)
{
    [Fact]
    public async Task A_batch_is_accepted_with_a_receipt_for_each_item_in_order()
    {
        await using var api = await servers.StartBothAsync();
        var client = api.ClientOf("test");

        var response = await client.PostAsync("/api/jobs/echo/batch", """[{"text":"a"},{"text":"b"},{"text":"c"}]""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        api.Gate.Open(3);
        var texts = new List<string?>();
        foreach (var receipt in (await response.ReadAsync()).EnumerateArray())
        {
            var status = await Eventually.NotNullAsync(async () =>
                await api.Jobs.FindAsync(receipt.GetProperty("jobId").GetGuid(), ApiRequests.Cancellation) is { IsFinal: true } ended ? ended : null);
            texts.Add(status.Result!.Value.GetProperty("text").GetString());
        }

        Assert.Equal(["a", "b", "c"], texts);
    }

    [Fact]
    public async Task Bad_items_are_named_by_their_place_and_nothing_is_accepted()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(
            "/api/jobs/echo/batch", """[{"text":"a"},{"times":9},{"text":5,"times":0},null,7,{"text":"b","parts":[{}]}]""");

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal("[1].text [1].times [2].text [2].times [3] [4] [5].parts[0].name", string.Join(' ', problem.BadFields()));
        Assert.Empty(await api.Jobs.ListAsync(new(), null, 10, ApiRequests.Cancellation));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1000, true)]
    [InlineData(0, false)]
    [InlineData(1001, false)]
    public async Task A_batch_has_one_to_a_thousand_items(int items, bool isAccepted)
    {
        await using var api = await servers.StartApiAsync();
        var body = $"[{string.Join(',', Enumerable.Repeat("""{"text":"t"}""", items))}]";

        var response = await api.ClientOf("test").PostAsync("/api/jobs/echo/batch", body);

        Assert.Equal(isAccepted ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(isAccepted ? items : 0, (await api.Jobs.ListAsync(new(), null, 1000, ApiRequests.Cancellation)).Count);
        if (!isAccepted)
        {
            Assert.Equal(["body"], (await response.ReadAsync()).BadFields());
        }
    }

    [Theory]
    [InlineData("""{"text":"t"}""")]
    [InlineData("""[{"text":"t"}""")]
    public async Task What_is_no_array_is_no_batch(string body)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync("/api/jobs/echo/batch", body);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(["body"], problem.BadFields());
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_with_its_key_gives_the_first_jobs_back()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        const string body = """[{"text":"a"},{"text":"b"}]""";

        var first = await client.PostAsync("/api/jobs/echo/batch", body, "Idempotency-Key: k");
        var second = await client.PostAsync("/api/jobs/echo/batch", body, "Idempotency-Key: k");

        Assert.Equal((await first.ReadAsync()).GetRawText(), (await second.ReadAsync()).GetRawText());
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
    }
}
