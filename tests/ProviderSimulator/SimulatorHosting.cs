using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ProviderSimulator.Calls;
using ProviderSimulator.Control;
using ProviderSimulator.Records;

namespace ProviderSimulator;

/// <summary>What the program and the simulator within a test have in common.</summary>
internal static class SimulatorHosting
{
    private const int LongestBody = 32 << 20; // Bytes.

    extension(WebApplicationBuilder builder)
    {
        public void AddSimulator()
        {
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = LongestBody;
                // How a slow client reads is its own affair.
                kestrel.Limits.MinResponseDataRate = null;
                kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            });
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
            builder.Services.AddControl();
            builder.Services.AddSingleton<Clock>();
            builder.Services.AddSingleton(services => new CallRecord(services.GetRequiredService<IOptions<SimulatorOptions>>().Value.RecordedCalls));
            builder.Services.AddSingleton<Reception>();
            builder.Services.AddSingleton<CallHandler>();
        }
    }

    extension(WebApplication app)
    {
        public void MapSimulator()
        {
            // A script's timetable runs from the start, not from the first call.
            app.Services.GetRequiredService<Reception>();
            app.UseExceptionHandler();
            app.MapCalls();
            app.MapControl();
        }
    }
}
