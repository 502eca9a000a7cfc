using System.Globalization;
using Bench.Endurance;
using Embedded.Postgres;

// What the queue does when its database has grown, or is held up by somebody else.
//
// dotnet run -c Release --project bench/Endurance -- bloat [minutes]     a transaction held open; the plain shape beside it
// dotnet run -c Release --project bench/Endurance -- million [scale]     a million waiting, five million finished
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [("bloat" or "million") and var what, .. { Length: <= 1 } more]
    || !double.TryParse(more.FirstOrDefault("0"), out var amount)
    || amount < 0)
{
    Console.Error.WriteLine("Give one of: bloat [minutes], million [scale].");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("endurance-");
try
{
    await using var postgres = await PostgresServer.StartAsync(new()
    {
        DataFolder = Path.Combine(folder.FullName, "data"),
        Durable = true,
        Settings = new Dictionary<string, string> { ["max_wal_size"] = "4GB" },
    });
    if (what == "bloat")
    {
        await BloatRun.RunAsync(postgres, TimeSpan.FromMinutes(amount == 0 ? 10 : amount));
    }
    else
    {
        await MillionRun.RunAsync(postgres, amount == 0 ? 1 : amount);
    }

    return 0;
}
finally
{
    folder.Delete(recursive: true);
}
