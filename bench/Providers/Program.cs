using System.Globalization;
using System.Reflection;
using Bench.Providers;
using Embedded.Postgres;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Providers;
using TestServers;

// What the guard costs: one call after the other to a simulator in a process of its own, by a bare HttpClient, by the provider's client
// without a guard, and in a job with more and more of the guard, in turn.
//
// dotnet run -c Release --project bench/Providers [-- rounds [calls a round]]
const string Bare = "bare HttpClient";
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = int.Parse(args.ElementAtOrDefault(0) ?? "5");
var calls = int.Parse(args.ElementAtOrDefault(1) ?? "1000");

await using var postgres = await PostgresServer.StartAsync(new() { Durable = true });
await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
var simulator = $"http://127.0.0.1:{FreePort.Next()}";
await TestWebServer.StartAsync(
    typeof(GuardedHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Simulator").Value!, simulator, []);

(string, string)[] limits = [("OPENAI_RATE_LIMIT_RPM", "1000000"), ("OPENAI_RATE_LIMIT_TPM", "100000000000"), ("OPENAI_MAX_CONCURRENT", "100")];
await using var plain = await StartAsync("plain");
await using var limited = await StartAsync("limited", limits);
await using var priced = await StartAsync("priced", [.. limits, ("Guard:openai:Prices:large:PerCall", "0.0001")]);
using var http = new BareClient(simulator);
var client = plain.Services.GetRequiredKeyedService<IChatClient>(OpenAIOptions.ProviderName);

(string Name, Func<Task<double>> Median, decimal? Budget)[] contenders =
[
    (Bare, () => Timing.MedianAsync(http.CallAsync, calls), null),
    ("the client, no guard", () => Timing.MedianAsync(() => client.GetResponseAsync(BareClient.Question), calls), null),
    ("breaker, retry, timeout", () => plain.MedianAsync(calls), null),
    ("and throttle", () => limited.MedianAsync(calls), null),
    ("and prices, no budget", () => priced.MedianAsync(calls), null),
    ("and a budget", () => priced.MedianAsync(calls), 1_000_000),
];

var medians = contenders.ToDictionary(contender => contender.Name, _ => new List<double>());
for (var round = 0; round <= rounds; round++) // The first warms up.
{
    foreach (var (name, measure, hard) in contenders)
    {
        await priced.SetBudgetAsync(hard);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System); // Until it is known, and what was before has been written.
        var median = await measure();
        if (round > 0)
        {
            medians[name].Add(median);
            Console.WriteLine($"round {round}  {name,-26} {median:F3} ms");
        }
    }
}

foreach (var (name, of) in medians)
{
    var over = of.Zip(medians[Bare], (ours, theirs) => ours - theirs);
    Console.WriteLine($"median   {name,-26} {Timing.Median(of):F3} ms ({of.Min():F3} to {of.Max():F3}), {Timing.Median(over):+0.000} over bare");
}

async Task<GuardedHost> StartAsync(string database, params (string Name, string Value)[] settings)
{
    await postgres.CreateDatabaseAsync(database);
    return await GuardedHost.StartAsync(postgres.ConnectionString(database), redis, simulator, settings);
}
