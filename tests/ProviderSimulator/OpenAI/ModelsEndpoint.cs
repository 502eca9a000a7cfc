using Microsoft.Extensions.Options;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.OpenAI;

/// <summary><c>GET /v1/models</c>: those that there are, or else those that have a price.</summary>
internal static class ModelsEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapModels() => routes.MapGet("/v1/models", (IOptions<SimulatorOptions> options) => new
        {
            @object = "list",
            data = Names(options.Value).Select(id => new { id, @object = "model", created = 1735689600, owned_by = "simulator" }),
        });
    }

    private static IEnumerable<string> Names(SimulatorOptions options) =>
        options.Models.Count > 0 ? options.Models : options.Prices.Keys.Where(name => name != ModelPattern.All);
}
