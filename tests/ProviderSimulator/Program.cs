using Microsoft.Extensions.Options;

namespace ProviderSimulator;

/// <summary>
/// The simulator as a program of its own. It has no top-level statements: those make a Program that is public, and a test
/// that references another web project as well can't be compiled.
/// </summary>
internal static class Program
{
    private static Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration["urls"] ??= "http://127.0.0.1:5090";
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IValidateOptions<SimulatorOptions>, SimulatorOptionsValidator>();
        builder.Services.AddOptions<SimulatorOptions>()
            .BindConfiguration(SimulatorOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.AddSimulator();

        var app = builder.Build();
        app.MapSimulator();
        return app.RunAsync();
    }
}
