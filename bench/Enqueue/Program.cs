using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

// How long an idle API takes to accept a job: one request at a time, each after the job before it has ended.
// Usage: dotnet run -c Release --project bench/Enqueue [-- address [requests]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var address = args.ElementAtOrDefault(0) ?? "http://localhost:5080";
var requests = int.Parse(args.ElementAtOrDefault(1) ?? "500");
const int warmUp = 100, rounds = 3;

using var client = new HttpClient { BaseAddress = new(address), DefaultRequestHeaders = { { "user-id", "bench" } } };
var body = new
{
    content = "A cell is the basic unit of life. Ribosomes are small particles that assemble proteins from amino acids.",
    subject = "Medicine",
    topic = "Cells",
};

for (var i = 0; i < warmUp; i++)
{
    await EnqueueAsync();
}

for (var round = 1; round <= rounds; round++)
{
    var took = new double[requests];
    for (var i = 0; i < requests; i++)
    {
        took[i] = await EnqueueAsync();
    }

    Array.Sort(took);
    Console.WriteLine(
        $"round {round}: {requests} jobs, one at a time: p50 {At(0.5):F2} ms, p90 {At(0.9):F2} ms, p99 {At(0.99):F2} ms, most {took[^1]:F2} ms");

    double At(double quantile) => took[(int)(quantile * (requests - 1))];
}

async Task<double> EnqueueAsync()
{
    var began = Stopwatch.GetTimestamp();
    using var response = await client.PostAsJsonAsync("/api/ai/generate-flashcards", body);
    var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    response.EnsureSuccessStatusCode();

    var receipt = await response.Content.ReadFromJsonAsync<Receipt>();
    await client.GetStringAsync(receipt!.EventsUrl); // To the job's end.
    return took;
}

internal sealed record Receipt(string EventsUrl);
