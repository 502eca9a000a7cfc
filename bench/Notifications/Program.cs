using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Bench.Notifications;
using Embedded.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;
using StackExchange.Redis;
using TestServers;

// Many idle streams on one process, events to them, and all of them coming back at once; beside a plain server in Node.
// Needs node and 20,000 file descriptors (ulimit -n).
//
// dotnet run -c Release --project bench/Notifications [-- rounds [streams [reports a second]]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = int.Parse(args.ElementAtOrDefault(0) ?? "3");
var streams = int.Parse(args.ElementAtOrDefault(1) ?? "10000");
var perSecond = int.Parse(args.ElementAtOrDefault(2) ?? "1000");

await using var postgres = await PostgresServer.StartAsync(new() { Durable = true });
await postgres.CreateDatabaseAsync("jobs");
await using var redis = await TestRedis.StartAsync(RedisKind.Redis);

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Configuration["ConnectionStrings:jobs"] = postgres.ConnectionString("jobs") + ";Maximum Pool Size=30";
builder.Configuration["JobWorker:Concurrency"] = $"{streams}";
builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString));
builder.Services.AddSingleton<Reports>();
builder.AddJobQueue("jobs");
builder.AddJob<Reports.Args, Reports.Handler>("report", options => options.Timeout = TimeSpan.FromHours(2));
builder.AddJobWorker();
using var worker = builder.Build();
await worker.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
await worker.StartAsync();
var reports = worker.Services.GetRequiredService<Reports>();

var jobs = new List<Guid>();
foreach (var batch in Enumerable.Repeat(new Reports.Args(), streams).Chunk(1000))
{
    jobs.AddRange((await worker.Services.GetRequiredService<JobQueue>().EnqueueAllAsync(batch, "bench")).Select(job => job.JobId));
}

while (reports.Running < streams)
{
    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
}

var measured = new List<(string Name, Round Round)>();
for (var round = 1; round <= rounds; round++)
{
    foreach (var start in new[] { StartOursAsync, StartNodeAsync })
    {
        var server = await start();
        var result = await new StreamFleet([.. jobs], server, reports).RunAsync(perSecond, TimeSpan.FromSeconds(20));
        await server.StopAsync();
        measured.Add((server.Name, result));
        Console.WriteLine($"round {round}  {server.Name,-13} {result}");
    }
}

foreach (var ofServer in measured.GroupBy(one => one.Name, one => one.Round))
{
    var sorted = ofServer.ToList();
    T Median<T>(Func<Round, T> figure) => sorted.Select(figure).Order().ElementAt(sorted.Count / 2);
    var median = new Round(
        Median(one => one.KibPerStream), Median(one => one.IdleCpu), Median(one => one.Heard), Median(one => one.P50), Median(one => one.P99), Median(one => one.Cpu), Median(one => one.Storm));
    Console.WriteLine($"median   {ofServer.Key,-13} {median}");
}

await worker.StopAsync();

async Task<ServerUnderTest> StartOursAsync()
{
    var port = FreePort.Next();
    var path = typeof(StreamFleet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Notifications").Value!;
    var program = await TestWebServer.StartAsync(path, $"http://localhost:{port}", new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development", // Where the header user-id names the caller.
        ["ConnectionStrings__jobs"] = postgres.ConnectionString("jobs"),
        ["ConnectionStrings__redis"] = redis.ConnectionString,
        ["Streams__MostPerCaller"] = $"{2 * streams}",
        ["Streams__MostPerAddress"] = $"{2 * streams}",
        ["Streams__Most"] = $"{2 * streams}",
    });
    return new("Notifications", port, program.Id, () => program.StopAsync(TimeSpan.FromSeconds(30)));
}

async Task<ServerUnderTest> StartNodeAsync()
{
    var port = FreePort.Next();
    var options = ConfigurationOptions.Parse(redis.ConnectionString);
    var redisPort = ((System.Net.IPEndPoint?)options.EndPoints[0] as System.Net.IPEndPoint)?.Port ?? ((System.Net.DnsEndPoint)options.EndPoints[0]).Port;
    var node = Process.Start("node", [Path.Combine(AppContext.BaseDirectory, "plain-sse.mjs"), $"{port}", $"{redisPort}", options.Password ?? ""]);
    using var client = new HttpClient();
    for (var answered = false; !answered; )
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/?jobId=none"), HttpCompletionOption.ResponseHeadersRead);
            answered = true;
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    return new("plain Node", port, node.Id, () =>
    {
        node.Kill();
        return node.WaitForExitAsync();
    });
}
