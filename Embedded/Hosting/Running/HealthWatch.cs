using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Embedded.Hosting;

/// <summary>
/// Asks a process by HTTP whether it is healthy, often until it first is and then now and again. What has no check is
/// healthy for as long as it runs: the servers, whose launch ends when they answer.
/// </summary>
internal sealed class HealthWatch(IResource resource, int replica, TimeProvider time)
{
    private static readonly TimeSpan UntilFirst = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan WhenHealthy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenComplaints = TimeSpan.FromSeconds(15);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <param name="report">Gets null for healthy, else the reason, at every answer.</param>
    /// <param name="complain">Gets a sentence every 15 seconds for as long as it is not healthy.</param>
    /// <param name="cancellationToken">Ends the watch, when the process has ended.</param>
    public async Task RunAsync(Action<string?> report, Action<string> complain, CancellationToken cancellationToken)
    {
        var checks = resource.Annotations.OfType<HttpHealthAnnotation>().ToList();
        if (checks.Count == 0)
        {
            report(null);
            return;
        }

        var wasHealthy = false;
        var unhealthySince = time.GetTimestamp();
        var complaints = 0;
        while (true)
        {
            var reason = await FirstReasonAsync(checks, cancellationToken);
            report(reason);
            if (reason is null)
            {
                (wasHealthy, complaints, unhealthySince) = (true, 0, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(unhealthySince) >= BetweenComplaints * (complaints + 1))
            {
                complaints++;
                complain($"not healthy for {time.GetElapsedTime(unhealthySince).TotalSeconds:0} s: {reason}");
            }
            await Task.Delay(reason is null ? WhenHealthy : wasHealthy ? AfterFailure : UntilFirst, time, cancellationToken);
        }
    }

    private async Task<string?> FirstReasonAsync(List<HttpHealthAnnotation> checks, CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            if (await ReasonAsync(check, cancellationToken) is { } reason)
            {
                return reason;
            }
        }
        return null;
    }

    private async Task<string?> ReasonAsync(HttpHealthAnnotation check, CancellationToken cancellationToken)
    {
        var endpoint = resource.Endpoints.First(endpoint => check.EndpointName is null ? endpoint.UriScheme == "http" : endpoint.Name == check.EndpointName);
        try
        {
            using var response = await Http.GetAsync(new Uri(new Uri(endpoint.Url(replica)), check.Path), cancellationToken);
            if ((int)response.StatusCode == check.StatusCode)
            {
                return null;
            }
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return $"status {(int)response.StatusCode}: {body.AsSpan().Trim().ToString().Split('\n')[0].TrimEnd()}";
        }
        catch (HttpRequestException exception)
        {
            return (exception.InnerException as SocketException)?.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Http.Timeout.TotalSeconds:0} s";
        }
    }
}
