using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Embedded.Hosting;

/// <summary>Where telemetry goes: to what the AppHost's own environment names, else to a collector that listens on this machine.</summary>
internal static class OtlpEndpoint
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromMilliseconds(200);

    public static async Task<string?> FindAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        string[] settings = ["OTEL_EXPORTER_OTLP_ENDPOINT", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"];
        return settings.Select(setting => configuration[setting]).FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?? (await ListensAsync(4317, cancellationToken) ? "http://localhost:4317" : null);
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectTime);
        try
        {
            await client.ConnectAsync("localhost", port, patience.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
