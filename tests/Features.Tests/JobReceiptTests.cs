using Features.Jobs;
using Microsoft.AspNetCore.Http;

namespace Features.Tests;

public sealed class JobReceiptTests
{
    [Fact]
    public async Task A_link_can_be_copied_from_a_receipt_as_it_stands()
    {
        var jobId = Guid.NewGuid();
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        await new JobReceipts(_ => "&token=abc").Accepted(jobId).ExecuteAsync(context);

        using var reader = new StreamReader(new MemoryStream(body.ToArray()));
        Assert.Contains($"\"/api/job-events?jobId={jobId}&token=abc\"", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
