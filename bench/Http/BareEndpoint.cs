using System.Text;

namespace Bench.Http;

/// <summary>A Kestrel endpoint that reads the body and answers with the bytes of a receipt, and does nothing else.</summary>
internal static class BareEndpoint
{
    /// <summary>The environment variable that makes the benchmark's program this server.</summary>
    public const string Switch = "BENCH_HTTP_BARE";

    private const string JobId = "01a20436-750b-7c27-acf1-4739eab53e2a";

    private static readonly byte[] Receipt = Encoding.UTF8.GetBytes(
        $$"""{"jobId":"{{JobId}}","status":"queued","statusUrl":"/api/job-status/{{JobId}}","eventsUrl":"/api/job-events?jobId={{JobId}}"}""");

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(async context =>
        {
            var body = context.Request.BodyReader;
            while (true)
            {
                var read = await body.ReadAsync(context.RequestAborted);
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.Headers.Location = $"/api/job-status/{JobId}";
            await context.Response.Body.WriteAsync(Receipt, context.RequestAborted);
        });
        await app.RunAsync();
    }
}
