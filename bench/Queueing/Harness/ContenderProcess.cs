using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bench.Queueing.Contenders;

namespace Bench.Queueing.Harness;

/// <summary>A contender's producer or worker: a process that gets commands and gives answers, one JSON document a line.</summary>
/// <remarks>It ends with its standard input too, so it does not outlive this process.</remarks>
internal sealed class ContenderProcess : IAsyncDisposable
{
    public const string Argument = "contender";

    // Longer than any command may take.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> errors;

    private ContenderProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    public static async Task<ContenderProcess> StartAsync(
        Contender contender, Place place, string role, CancellationToken cancellationToken)
    {
        var start = contender.Command;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var started = new ContenderProcess(Process.Start(start)!);
        try
        {
            await started.AskAsync(
                new("open")
                {
                    Contender = contender.Name,
                    Role = role,
                    Postgres = place.Postgres,
                    PostgresUrl = place.PostgresUrl,
                    Redis = place.Redis,
                },
                cancellationToken);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="ContenderFailedException">It said so, or ended, or did not answer in time.</exception>
    public async Task<Answer> AskAsync(Command command, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command, Wire.Options));
            await process.StandardInput.FlushAsync(cancellationToken);
            var reading = process.StandardOutput.ReadLineAsync(cancellationToken).AsTask();
            var line = await reading.WaitAsync(Patience, TimeProvider.System, cancellationToken)
                ?? throw new ContenderFailedException($"{command.Name}: the process ended. {await errors}");
            var answer = JsonSerializer.Deserialize<Answer>(line, Wire.Options)!;
            return answer.Error is { } error ? throw new ContenderFailedException($"{command.Name}: {error}") : answer;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or JsonException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ContenderFailedException($"{command.Name}: {exception.Message}");
        }
    }

    public double ResidentMebibytes()
    {
        const string field = "VmRSS:";
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        // What it could still write goes with its database.
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
