using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Queueing;

/// <summary>Runs the handler of one job type on a job's stored payload, in the attempt's own service scope.</summary>
/// <exception cref="InvalidPayloadException">The stored payload doesn't fit the type's record.</exception>
internal delegate Task<JobOutcome> JobInvoker(
    IServiceProvider services, string args, JobContext context, CancellationToken workToken);

internal static class JobInvokers
{
    public static JobInvoker For<TArgs, THandler>()
        where TArgs : class
        where THandler : class, IJobHandler<TArgs>
    {
        var create = ActivatorUtilities.CreateFactory<THandler>([]);
        return async (services, args, context, workToken) =>
        {
            var payload = Decode<TArgs>(args);
            var handler = create(services, []);
            try
            {
                return await handler.HandleAsync(payload, context, workToken);
            }
            finally
            {
                await DisposeAsync(handler);
            }
        };
    }

    private static TArgs Decode<TArgs>(string args)
        where TArgs : class
    {
        try
        {
            return JsonSerializer.Deserialize<TArgs>(args, JobJson.Options)
                ?? throw new InvalidPayloadException($"The payload of {typeof(TArgs).Name} is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidPayloadException($"The payload doesn't fit {typeof(TArgs).Name} at {exception.Path}.", exception);
        }
    }

    private static ValueTask DisposeAsync(object handler)
    {
        switch (handler)
        {
            case IAsyncDisposable disposable:
                return disposable.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        return ValueTask.CompletedTask;
    }
}
