using Microsoft.AspNetCore.Http.HttpResults;
using ProviderSimulator.Calls;
using ProviderSimulator.Limits;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Control;

/// <summary>What the tester calls: how it shall behave, and what has reached it.</summary>
internal static class ControlEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapControl()
        {
            var simulator = routes.MapGroup("/simulator");
            simulator.MapGet("/script", (Reception reception) => reception.Script);
            simulator.MapPut("/script", Play);
            simulator.MapDelete("/script", (Reception reception) => Play(new(), reception));
            simulator.MapGet("/limits", (Reception reception) => reception.Limits);
            simulator.MapPut("/limits", Limit);
            simulator.MapDelete("/limits", (Reception reception) => Limit([], reception));
            simulator.MapGet("/calls", (CallRecord record, DateTimeOffset? since) => record.Read(since));
            simulator.MapDelete("/calls", Clear);
            simulator.MapGet("/figures", (CallRecord record) => record.Count());
            routes.MapGet("/health", () => "Healthy");
        }
    }

    private static NoContent Play(Script script, Reception reception)
    {
        reception.Script = script;
        return TypedResults.NoContent();
    }

    private static NoContent Limit(LimitRule[] limits, Reception reception)
    {
        reception.Limits = limits;
        return TypedResults.NoContent();
    }

    private static NoContent Clear(CallRecord record)
    {
        record.Clear();
        return TypedResults.NoContent();
    }
}
