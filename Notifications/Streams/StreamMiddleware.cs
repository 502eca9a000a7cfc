using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;

namespace Notifications.Streams;

/// <summary>
/// Lets streams go on outside of the pipeline that let them in: what each middleware keeps of a request, the scope of its services
/// and its caller would else stay for as long as the stream (docs/decisions/0006).
/// </summary>
internal sealed class StreamMiddleware(RequestDelegate next)
{
    private static readonly ClaimsPrincipal Nobody = new();

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Features.Get<OpenStream>() is { HasBegun: true } stream)
            {
                await LetGoAsync(context);
                await stream.FollowAsync();
            }
        }
        finally
        {
            context.Features.Get<OpenStream>()?.Dispose();
        }
    }

    private static async ValueTask LetGoAsync(HttpContext context)
    {
        context.User = Nobody;
        if (context.Features.Get<IServiceProvidersFeature>() is IAsyncDisposable services)
        {
            await services.DisposeAsync();
        }
    }
}
