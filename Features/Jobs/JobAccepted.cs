using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Queueing;

namespace Features.Jobs;

/// <summary>202, with a receipt. The answer of the busiest endpoints, so it is written in one piece and with its length.</summary>
public sealed class JobAccepted(JobReceipt receipt) : IResult, IEndpointMetadataProvider
{
    private const string Json = "application/json; charset=utf-8";

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(JobReceipt), ["application/json"]));

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = receipt.GetType() == typeof(JobReceipt)
            ? JsonSerializer.SerializeToUtf8Bytes(receipt, JobReceiptJson.Readable.JobReceipt)
            : JsonSerializer.SerializeToUtf8Bytes(receipt, receipt.GetType(), JobJson.Options);
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.Location = receipt.StatusUrl;
        response.ContentType = Json;
        response.ContentLength = body.Length;
        return response.BodyWriter.WriteAsync(body, CancellationToken.None).AsTask();
    }
}
