using System.Diagnostics;
using System.Text.Json;

namespace Bench.Queueing.Contenders;

/// <summary>A contender's process: carries out the harness's commands, one a line, until they end.</summary>
internal static class CommandLoop
{
    public static async Task RunAsync(TextReader commands, TextWriter answers)
    {
        Commands? open = null;
        while (await commands.ReadLineAsync() is { } line)
        {
            Answer answer;
            try
            {
                var command = JsonSerializer.Deserialize<Command>(line, Wire.Options)!;
                answer = command.Name == "open"
                    ? await (open = new Commands(command)).OpenAsync(command)
                    : await CarryOutAsync(open!, command);
            }
            catch (Exception exception)
            {
                // Whatever it is, the harness tells it.
                answer = new() { Error = exception.ToString() };
            }

            await answers.WriteLineAsync(JsonSerializer.Serialize(answer, Wire.Options));
        }
    }

    private static Task<Answer> CarryOutAsync(Commands open, Command command) => command.Name switch
    {
        "produce" => open.ProduceAsync(command),
        "batches" => open.BatchesAsync(command),
        "pace" => open.PaceAsync(command),
        "work" => open.WorkAsync(command),
        "rest" => open.RestAsync(),
        "drained" => open.DrainedAsync(command),
        "handled" => Task.FromResult(open.Handled()),
        "latencies" => open.LatenciesAsync(command),
        _ => throw new UnreachableException(command.Name),
    };
}
