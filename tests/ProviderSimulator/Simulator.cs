using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ProviderSimulator.Calls;
using ProviderSimulator.Limits;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;

namespace ProviderSimulator;

/// <summary>The simulator within a test's own process, on a free port of loopback; it ends when it is disposed.</summary>
public sealed class Simulator : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Reception reception;

    private Simulator(WebApplication app)
    {
        this.app = app;
        reception = app.Services.GetRequiredService<Reception>();
        Record = app.Services.GetRequiredService<CallRecord>();
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>What an OpenAI client takes for its endpoint.</summary>
    public Uri OpenAI => new(Address, "/v1");

    /// <summary>What a Gemini client takes for its endpoint.</summary>
    public Uri Gemini => new(Address, "/v1beta");

    /// <summary>What clients of Azure Speech and Azure Vision take for their endpoint.</summary>
    public Uri Azure => Address;

    /// <summary>What has reached it.</summary>
    public CallRecord Record { get; }

    /// <summary>How it behaves. Setting a script begins it, also the same one again.</summary>
    /// <exception cref="ValidationException">A rule of it makes no sense.</exception>
    public Script Script
    {
        get => reception.Script;
        set
        {
            Check([.. value.Pace, .. value.Faults]);
            reception.Script = value;
        }
    }

    /// <summary>What it allows. A limit for the same models as before keeps what it has let in.</summary>
    /// <exception cref="ValidationException">A limit makes no sense.</exception>
    public IReadOnlyList<LimitRule> Limits
    {
        get => reception.Limits;
        set
        {
            Check(value);
            reception.Limits = value;
        }
    }

    /// <param name="options">How it starts; nothing is read from the process's configuration.</param>
    /// <param name="time">The clock that it goes by; the machine's if null.</param>
    /// <exception cref="OptionsValidationException">The options make no sense.</exception>
    public static async Task<Simulator> StartAsync(SimulatorOptions? options = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(Options.Create(Checked(options ?? new())));
        builder.AddSimulator();

        var app = builder.Build();
        app.MapSimulator();
        await app.StartAsync();
        return new(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static SimulatorOptions Checked(SimulatorOptions options) => new SimulatorOptionsValidator().Validate(name: null, options) is { Failed: true } result
        ? throw new OptionsValidationException(SimulatorOptions.SectionName, typeof(SimulatorOptions), result.Failures)
        : options;

    private static void Check(IEnumerable<object> rules)
    {
        foreach (var rule in rules)
        {
            Validator.ValidateObject(rule, new(rule), validateAllProperties: true);
        }
    }
}
