using Microsoft.AspNetCore.Http.HttpResults;
using Queueing;
using StackExchange.Redis;

namespace Api.Operations;

/// <summary>What an operator asks first: is it up, is Redis there, how much is waiting.</summary>
internal static class OperationsEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/health</c>, <c>/api/redis/health</c> and <c>/api/queue/stats</c>.</summary>
        public void MapOperations()
        {
            var operations = routes.MapGroup("/api").WithTags("Operations");
            operations.MapHealthChecks("/health", new() { ResponseWriter = ServiceDefaults.HealthReportWriter.WriteAsync }).DisableRateLimiting();
            operations.MapGet("/redis/health", GetRedisHealth).DisableRateLimiting();
            operations.MapGet("/queue/stats", GetStatsAsync);
        }
    }

    private static Results<Ok<RedisHealth>, JsonHttpResult<RedisHealth>> GetRedisHealth(IConnectionMultiplexer redis, TimeProvider time) =>
        redis.IsConnected
            ? TypedResults.Ok(new RedisHealth("connected", time.GetUtcNow()))
            : TypedResults.Json(new RedisHealth("disconnected", time.GetUtcNow()), statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<QueueStats>> GetStatsAsync(JobReader jobs, CancellationToken cancellationToken)
    {
        var queues = await jobs.CountAsync(cancellationToken);
        return TypedResults.Ok(new QueueStats(
            queues.Sum(queue => queue.Waiting),
            queues.Sum(queue => queue.Active),
            queues.Sum(queue => queue.Completed),
            queues.Sum(queue => queue.Failed),
            queues.Sum(queue => queue.Delayed)));
    }

    /// <summary>How many jobs are in each state, over all queues.</summary>
    internal sealed record QueueStats(long Waiting, long Active, long Completed, long Failed, long Delayed);

    internal sealed record RedisHealth(string Redis, DateTimeOffset Timestamp);
}
