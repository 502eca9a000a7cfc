using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Features.Webhooks;

/// <summary>
/// The HTTP client that calls receivers. It connects to addresses that it has judged itself, after the name was resolved, so that a
/// name can't lead into this network, nor be resolved otherwise between being judged and being called; it follows no redirects, keeps
/// no cookies and goes through no proxy, which would resolve names by itself.
/// </summary>
/// <remarks>Not one of the hosts' own clients: those look services up by their names, repeat requests, and break circuits for all receivers at once.</remarks>
internal sealed class WebhookHttp : IDisposable
{
    private readonly bool allowPrivate;
    private readonly HttpClient client;

    public WebhookHttp(IOptions<WebhookOptions> options)
    {
        allowPrivate = options.Value.AllowPrivateAddresses;
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // The name is resolved, and judged, anew.
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = options.Value.Timeout,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new("aspire-jobs", null));
    }

    /// <returns>The answer; its body is not read.</returns>
    /// <exception cref="HttpRequestException">There was none; an inner <see cref="AddressRefusedException"/> says that nobody was called.</exception>
    /// <exception cref="TaskCanceledException">It took too long.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        IPAddress[] callable = allowPrivate ? addresses : Array.FindAll(addresses, PublicAddresses.Contain);
        if (callable is [])
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(callable, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
