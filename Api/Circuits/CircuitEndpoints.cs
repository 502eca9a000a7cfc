using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Providers;
using ServiceDefaults;
using StackExchange.Redis;

namespace Api.Circuits;

/// <summary>Which providers are left alone, for everybody; and the administrator's hand on it.</summary>
internal static partial class CircuitEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/circuit-breakers/status</c> and <c>PUT /api/circuit-breakers/{name}</c>.</summary>
        public void MapCircuits()
        {
            var circuits = routes.MapGroup("/api/circuit-breakers").WithTags("Operations");
            circuits.MapGet("/status", ReadAsync);

            // A model's own circuit is named openai/gpt-4o.
            circuits.MapPut("/{**name}", ChangeAsync).RequireAuthorization(SignInExtensions.Administrator);
        }
    }

    private static async Task<Ok<IReadOnlyDictionary<string, CircuitStatus>>> ReadAsync(Breakers breakers) => TypedResults.Ok(await breakers.ReadAsync());

    private static async Task<Results<Ok<CircuitStatus>, ProblemHttpResult>> ChangeAsync(
        string name, CircuitChange change, ClaimsPrincipal caller, Breakers breakers, ILogger<Breakers> logger)
    {
        try
        {
            var known = await breakers.ReadAsync();
            if (!known.ContainsKey(name))
            {
                return TypedResults.Problem($"Known are: {string.Join(", ", known.Keys)}.", statusCode: StatusCodes.Status404NotFound, title: "There is no such circuit.");
            }

            await (change.State == CircuitState.Open
                ? breakers.OpenAsync(name, change.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null)
                : breakers.CloseAsync(name));
            LogChanged(logger, name, change.State!.Value, caller.Id!);
            return TypedResults.Ok((await breakers.ReadAsync())[name]);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return TypedResults.Problem("Nobody was told; try again.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "Redis can't be reached.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The circuit of {Name} was set to {State} by {Who}")]
    private static partial void LogChanged(ILogger logger, string name, CircuitState state, string who);
}
