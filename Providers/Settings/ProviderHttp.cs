namespace Providers.Settings;

/// <summary>
/// The HTTP client of a provider. It doesn't come from the factory: the hosts give all clients of that a retry and a limit
/// of 30 s, and both are the guard's to decide here.
/// </summary>
internal static class ProviderHttp
{
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        // New addresses of the provider are followed within it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // A redirect would take the key along, except in Authorization.
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    {
        // Streams may last, and FaultReader listens.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
