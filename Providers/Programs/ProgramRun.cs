using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Providers.Programs;

/// <summary>
/// Runs a program as a child: without a shell, without this process's environment (which has keys), with bounds on its memory,
/// time, files and output, and no longer than somebody waits for it.
/// </summary>
internal static class ProgramRun
{
    private const long LargestFile = 64 << 20;
    private const string Limiter = "prlimit";

    /// <exception cref="FileNotFoundException">There is no such program.</exception>
    /// <exception cref="FormatException">It wrote more than any answer is long.</exception>
    public static async Task<ProgramResult> RunAsync(ProgramCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(command);
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput.BaseStream, command.MostOutput, cancellationToken);
            var errors = ReadAsync(process.StandardError.BaseStream, command.MostOutput, cancellationToken);
            // Either of them may fail first, and the other waits for a program that waits for its reader.
            await await Task.WhenAny(output, errors);
            await Task.WhenAll(output, errors);
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, await errors);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static Process Start(ProgramCommand command)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = command.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in WordsOf(command))
        {
            start.ArgumentList.Add(word);
        }

        start.FileName = start.ArgumentList[0];
        start.ArgumentList.RemoveAt(0);
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = start.Environment["TMPDIR"] = command.Folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["OMP_THREAD_LIMIT"] = "1"; // Throughput is what counts: other jobs have the other processors.
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!; // It is no document for a shell.
        }
        catch (Win32Exception exception)
        {
            throw new FileNotFoundException("The program did not start.", command.Program, exception);
        }
    }

    // A program that bounds its memory itself runs where there is no limiter, too: then its time is bounded by who waits for it alone.
    private static IEnumerable<string> WordsOf(ProgramCommand command) =>
        command.MostMemory is null && !OperatingSystem.IsLinux()
            ? [Find(command.Program), .. command.Arguments]
            :
            [
                Find(Limiter),
                .. command.MostMemory is { } memory ? [$"--as={memory.ToString(CultureInfo.InvariantCulture)}"] : Array.Empty<string>(),
                $"--cpu={Math.Max(1, (long)Math.Ceiling(command.MostTime.TotalSeconds)).ToString(CultureInfo.InvariantCulture)}",
                $"--fsize={LargestFile.ToString(CultureInfo.InvariantCulture)}",
                "--core=0",
                "--",
                Find(command.Program),
                .. command.Arguments,
            ];

    private static string Find(string program)
    {
        var paths = program.Contains(Path.DirectorySeparatorChar)
            ? [program]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program));
        return paths.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("There is no such program.", program);
    }

    private static async Task<string> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (kept.Length + read > most)
            {
                throw new FormatException("The program wrote more than any answer is long.");
            }

            kept.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            // Its folder is deleted next, and must not be written to any more. A killed process ends at once.
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
