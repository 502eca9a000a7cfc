using Microsoft.AspNetCore.Connections.Features;

namespace ProviderSimulator.Calls;

/// <summary>Ends connections as a web application never would.</summary>
internal static class Connections
{
    /// <summary>Kestrel resets a connection that is aborted, and what was not sent yet is lost.</summary>
    public static void Reset(HttpContext context) => context.Abort();

    /// <summary>
    /// Sends what was written and closes the connection, without the end that HTTP would put to the answer: the transport is
    /// told so behind HTTP's back.
    /// </summary>
    public static async Task CloseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        await context.Features.Get<IConnectionTransportFeature>()!.Transport.Output.CompleteAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
