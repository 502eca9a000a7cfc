using System.Collections;
using System.Diagnostics;
using System.Globalization;

if (args is ["exit", var exitCode])
{
    Console.Error.WriteLine($"About to exit with {exitCode}");
    return int.Parse(exitCode, CultureInfo.InvariantCulture);
}

var app = WebApplication.CreateBuilder(args).Build();
string? illness = null;

app.MapGet("/health", () => illness is null ? Results.Text("well") : Results.Text($"{illness}\nfor a long time", statusCode: 503));
app.MapPost("/ill", (string reason) => illness = reason);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value));
app.MapGet("/process", () => new { Environment.ProcessId, Directory = Environment.CurrentDirectory, Arguments = args });
app.MapPost("/crash", () => Environment.Exit(7));
app.MapPost("/child", () => Process.Start("sleep", "600").Id);
app.Run();
return 0;
