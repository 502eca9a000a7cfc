using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProviderSimulator.Control;

/// <summary>What the endpoints of the tester need: a script that makes no sense is refused, and told why.</summary>
internal static class ControlHosting
{
    extension(IServiceCollection services)
    {
        public void AddControl()
        {
            services.ConfigureHttpJsonOptions(json =>
            {
                json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
                json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
                json.SerializerOptions.RespectNullableAnnotations = true;
                json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            });
            services.AddValidation();
            services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
            services.AddProblemDetails();
            services.AddExceptionHandler<BadScriptHandler>();
        }
    }
}
