using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests;

/// <summary>No endpoint is open that isn't meant to be.</summary>
public sealed class EndpointAccessTests(ApiServers servers)
{
    private static readonly string[] Public =
    [
        "* /alive",
        "* /api/health",
        "* /health",
        "GET /api/circuit-breakers/status",
        "GET /api/courses/",
        "GET /api/courses/{courseId:guid}",
        "GET /api/job-events", // The notification service decides: a signed link stands for a sign-in.
        "GET /api/landing-assistant/job/{jobId:guid}",
        "GET /api/landing-assistant/suggestions",
        "GET /api/queue/stats",
        "GET /api/redis/health",
        "GET /openapi/{documentName}.json",
        "POST /api/landing-assistant/query", // Of the stricter limit.
        "GET,HEAD /{**path:file}", // The files of wwwroot, where they weren't published.
    ];

    [Theory]
    [InlineData("Production", new string[0])]
    [InlineData("Development", new[] { "POST /dev/token" })]
    public async Task Every_endpoint_asks_for_a_sign_in_but_those_on_this_list(string environment, string[] more)
    {
        await using var api = await servers.StartApiAsync(environment);

        var open = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || !endpoint.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null))
            .Select(endpoint => $"{string.Join(',', endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])} /{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(Public.Concat(more).Order(StringComparer.Ordinal), open);
    }
}
