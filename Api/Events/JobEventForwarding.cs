using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Forwarder;

namespace Api.Events;

/// <summary>Passes event streams on to the notification service, so that a client needs one base address.</summary>
internal static class JobEventForwarding
{
    // Longer than any silence: the notification service writes a comment every 15 s.
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromMinutes(1), AllowResponseBuffering = false };

    extension(IHostApplicationBuilder builder)
    {
        public void AddJobEventForwarding()
        {
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
        HttpContext context, IHttpForwarder forwarder, HttpMessageInvoker invoker, ServiceEndpointResolver resolver)
    {
        var source = await resolver.GetEndpointsAsync("http://notifications", context.RequestAborted);
        if (source.Endpoints.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await forwarder.SendAsync(context, AddressOf(source.Endpoints[0]), invoker, Config);
    }

    private static string AddressOf(ServiceEndpoint endpoint)
    {
        var address = endpoint.ToString()!;
        return address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}";
    }
}
