using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Embedded.Postgres;
using TestServers;

// How long a learner's first page waits: one request for the profile, cached and not, beside the four that it replaces, one after the other and at
// the same time.
//
// dotnet run -c Release --project bench/Profiles [-- rounds [pages]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var pages = args.Length > 1 ? int.Parse(args[1]) : 1_000;

await using var postgres = await PostgresServer.StartAsync(new() { Durable = true });
await postgres.CreateDatabaseAsync("jobs");
await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
var environment = new Dictionary<string, string?>
{
    ["ASPNETCORE_ENVIRONMENT"] = "Development", // Where there is a sample learner, and the header user-id names the caller.
    ["ConnectionStrings__jobs"] = postgres.ConnectionString("jobs"),
    ["ConnectionStrings__redis"] = redis.ConnectionString,
    ["CallerLimits__RequestsPerMinute"] = "1000000000",
    ["CallerLimits__Burst"] = "1000000000",
    ["Logging__LogLevel__Default"] = "Warning",
};
await TestProgram.Start("dotnet", ["exec", PathOf("Worker"), "migrate"], Path.GetDirectoryName(PathOf("Worker"))!, environment).Exited;
var url = new Uri($"http://localhost:{FreePort.Next()}");
await TestWebServer.StartAsync(PathOf("Api"), url.ToString(), environment);

using var client = new HttpClient { BaseAddress = url };
client.DefaultRequestHeaders.Add("user-id", "test");
string[] parts = ["/api/user/test", "/api/lessons/test", "/api/progress/test", "/api/manifest/test"];
var percent = 0;
(string Name, Func<Task> Load)[] ways =
[
    ("four requests, one after the other", async () =>
    {
        foreach (var part in parts)
        {
            await client.GetByteArrayAsync(part);
        }
    }),
    ("four requests at once", () => Task.WhenAll(parts.Select(part => client.GetByteArrayAsync(part)))),
    ("one request, cached", () => ReadAsync(cached: true)),
];

// The first pages of a process are compiled; and it hears of changes from its first second on.
foreach (var (_, load) in ways[..2])
{
    await TimeAsync(load, pages);
}

for (var page = 0; page < pages || !await IsCachedAsync(); page++)
{
}

var figures = ways.Select(_ => new List<double>()).ToArray();
var uncached = new List<double>();
for (var round = 1; round <= rounds; round++)
{
    foreach (var ((_, load), figure) in ways.Zip(figures))
    {
        figure.Add(await TimeAsync(load, pages));
    }

    uncached.Add(await TimeUncachedAsync(pages / 10));
}

foreach (var ((name, _), figure) in ways.Zip(figures))
{
    Console.WriteLine($"{name}: {Spread(figure)}");
}

Console.WriteLine($"one request, after a change: {Spread(uncached)}");
Console.WriteLine($"cached beside four one after the other: {Median(figures[0]) / Median(figures[2]):F1} times faster; beside four at once: {Median(figures[1]) / Median(figures[2]):F1}");

async Task ReadAsync(bool cached)
{
    var body = await client.GetByteArrayAsync("/api/profile/test");
    if (body.AsSpan().EndsWith("true}"u8) != cached)
    {
        throw new InvalidOperationException($"Expected an answer that is {(cached ? "" : "not ")}cached.");
    }
}

async Task<bool> IsCachedAsync()
{
    using var answer = JsonDocument.Parse(await client.GetByteArrayAsync("/api/profile/test"));
    return answer.RootElement.GetProperty("cached").GetBoolean();
}

static async Task<double> TimeAsync(Func<Task> load, int times)
{
    var begin = Stopwatch.GetTimestamp();
    for (var time = 0; time < times; time++)
    {
        await load();
    }

    return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / times;
}

async Task<double> TimeUncachedAsync(int times)
{
    var spent = TimeSpan.Zero;
    for (var time = 0; time < times; time++)
    {
        percent = (percent + 1) % 100;
        using var change = await client.PutAsync(
            "/api/progress/test/a0000000-0000-4000-8000-000000000001",
            new StringContent($$"""{"percent":{{percent}}}""", System.Text.Encoding.UTF8, "application/json"));
        change.EnsureSuccessStatusCode();
        var begin = Stopwatch.GetTimestamp();
        await client.GetByteArrayAsync("/api/profile/test");
        spent += Stopwatch.GetElapsedTime(begin);
    }

    return spent.TotalMilliseconds / times;
}

static string Spread(List<double> figures) => $"{Median(figures):F3} ms ({figures.Min():F3} to {figures.Max():F3})";

static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

static string PathOf(string service) =>
    Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == service).Value!;
