using System.Globalization;
using System.Reflection;
using Bench.Http;
using Embedded.Postgres;
using Npgsql;
using TestServers;

// How many jobs a second the API accepts under wrk, beside a bare Kestrel endpoint that answers with as many bytes.
// Needs wrk (Debian: apt-get install wrk).
//
// dotnet run -c Release --project bench/Http [-- rounds]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Environment.GetEnvironmentVariable(BareEndpoint.Switch) is not null)
{
    await BareEndpoint.RunAsync();
    return;
}

const int connections = 64;
const string route = "/api/jobs/generate-flashcards";
var rounds = int.Parse(args.ElementAtOrDefault(0) ?? "3");

await using var postgres = await PostgresServer.StartAsync(new() { Durable = true });
await postgres.CreateDatabaseAsync("jobs");
await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString("jobs"));
await TestProgram.Start(
    "dotnet",
    ["exec", PathOf("Worker"), "migrate"],
    Path.GetDirectoryName(PathOf("Worker"))!,
    new Dictionary<string, string?> { ["ConnectionStrings__jobs"] = postgres.ConnectionString("jobs") }).Exited;

var (apiUrl, bareUrl) = ($"http://localhost:{FreePort.Next()}", $"http://localhost:{FreePort.Next()}");
await TestWebServer.StartAsync(PathOf("Api"), apiUrl, new()
{
    ["ASPNETCORE_ENVIRONMENT"] = "Development", // Where the header user-id names the caller.
    ["ConnectionStrings__jobs"] = postgres.ConnectionString("jobs"),
    ["ConnectionStrings__redis"] = redis.ConnectionString,
    ["CallerLimits__RequestsPerMinute"] = "1000000000", // One caller takes the whole of it, which limits are there to prevent; they count all the same.
    ["CallerLimits__Burst"] = "1000000000",
});
await TestWebServer.StartAsync(typeof(BareEndpoint).Assembly.Location, bareUrl, new() { [BareEndpoint.Switch] = "yes" });

foreach (var warmUp in new[] { bareUrl, apiUrl })
{
    await Wrk.RunAsync(warmUp + route, connections, seconds: 10);
}

var measured = new List<(Load Bare, Load Api, Load Half)>();
for (var round = 1; round <= rounds; round++)
{
    var ofBare = await Wrk.RunAsync(bareUrl + route, connections, seconds: 6);
    var ofApi = await Wrk.RunAsync(apiUrl + route, connections, seconds: 6);
    var pause = 2 * connections / ofApi.RequestsPerSecond; // Each connection sends half as often.
    var ofHalf = await Wrk.RunAsync(apiUrl + route, connections, seconds: 6, pause: TimeSpan.FromSeconds(pause));
    measured.Add((ofBare, ofApi, ofHalf));
    Console.WriteLine($"round {round}  bare {ofBare}");
    Console.WriteLine($"round {round}  api  {ofApi}, {ofApi.RequestsPerSecond / ofBare.RequestsPerSecond:F2} of bare");
    Console.WriteLine($"round {round}  api, at half its peak  {ofHalf}");
    await using var clear = dataSource.CreateCommand("truncate job, job_ready, job_count, job_count_delta");
    await clear.ExecuteNonQueryAsync();
}

Console.WriteLine(
    $"median: api {Median(round => round.Api.RequestsPerSecond):N0}/s, {Median(round => round.Api.RequestsPerSecond / round.Bare.RequestsPerSecond):F2} of bare; "
    + $"at half its peak ({Median(round => round.Half.RequestsPerSecond):N0}/s) p99 {Median(round => round.Half.P99.TotalMilliseconds):F1} ms");

static string PathOf(string service) =>
    typeof(BareEndpoint).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == service).Value!;

double Median(Func<(Load Bare, Load Api, Load Half), double> figure) => measured.Select(figure).Order().ElementAt(measured.Count / 2);
