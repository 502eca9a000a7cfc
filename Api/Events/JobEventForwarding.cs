using Features.Jobs;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.ServiceDiscovery;
using ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;

namespace Api.Events;

/// <summary>Passes event streams on to the notification service, so that a client needs one base address.</summary>
internal static class JobEventForwarding
{
    private const string RetryAfterSeconds = "2";

    // Longer than any silence: the notification service writes a comment every 15 s.
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromMinutes(1), AllowResponseBuffering = false };

    extension(IHostApplicationBuilder builder)
    {
        public void AddJobEventForwarding()
        {
            builder.AddEventTokens();
            builder.Services.AddSingleton<EventsQuery>(services =>
            {
                var tokens = services.GetRequiredService<EventTokens>();
                return jobId => tokens.Create(jobId) is { } token ? $"&token={token}" : null;
            });
            builder.Services.AddHttpForwarder();
            builder.Services.AddSingleton(_ => new HttpMessageInvoker(new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
            }));
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/job-events</c>.</summary>
        public void MapJobEvents() => routes.MapGet("/api/job-events", ForwardAsync).WithTags("Events");
    }

    private static async Task ForwardAsync(
        HttpContext context,
        IHttpForwarder forwarder,
        HttpMessageInvoker invoker,
        ServiceEndpointResolver resolver,
        IHostApplicationLifetime lifetime)
    {
        var service = await resolver.GetEndpointsAsync("http://notifications", context.RequestAborted);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // A stream would outlive a stop by minutes; its client comes back with the id of the last event that it has.
        var error = await forwarder.SendAsync(
            context, AddressOf(service.Endpoints[0]), invoker, Config, ForwardedClient.Instance, lifetime.ApplicationStopping);
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }
    }

    private static string AddressOf(ServiceEndpoint endpoint)
    {
        var address = endpoint.ToString()!;
        return address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}";
    }
}
