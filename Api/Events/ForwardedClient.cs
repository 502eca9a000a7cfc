using Yarp.ReverseProxy.Forwarder;

namespace Api.Events;

/// <summary>Says from which address a request came, so that the service behind can tell its clients apart.</summary>
internal sealed class ForwardedClient : HttpTransformer
{
    public static readonly ForwardedClient Instance = new();

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        if (httpContext.Connection.RemoteIpAddress is { } address)
        {
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-For", address.ToString());
        }
    }
}
