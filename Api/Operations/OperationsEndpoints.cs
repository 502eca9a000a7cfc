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
            operations.MapHealthChecks("/health", new() { ResponseWriter = ServiceDefaults.HealthReportWriter.WriteAsync });
            operations.MapGet("/redis/health", GetRedisHealth);
            operations.MapGet("/queue/stats", GetStatsAsync);
        }
    }

    private static Results<Ok<RedisHealth>, JsonHttpResult<RedisHealth>> GetRedisHealth(IConnectionMultiplexer redis, TimeProvider time) =>
        redis.IsConnected
            ? TypedResults.Ok(new RedisHealth("connected", time.GetUtcNow()))
            : TypedResults.Json(new RedisHealth("disconnected", time.GetUtcNow()), statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<JobCounts>> GetStatsAsync(JobReader jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await jobs.CountAsync(cancellationToken));

    internal sealed record RedisHealth(string Redis, DateTimeOffset Timestamp);
}
