using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Features.Tests.Documents.Search;

/// <summary>
/// PostgreSQL with the extension <c>vector</c>, which Debian 12 doesn't have: PGlite, from npm at the versions of <c>Node/package-lock.json</c>. It keeps
/// everything in memory, has one session for all connections, and knows no COPY.
/// </summary>
internal sealed class VectorServer : IAsyncDisposable
{
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    private readonly TestProgram program;

    private VectorServer(TestProgram program, string connectionString) => (this.program, ConnectionString) = (program, connectionString);

    public string ConnectionString { get; }

    /// <summary>Starts one; without npm, or its registry, the test is skipped and says so.</summary>
    public static async Task<VectorServer> StartAsync()
    {
        var missing = await Installed.Value;
        Assert.SkipWhen(missing is not null, $"PGlite can't be had: {missing}");
        var port = FreePort.Next();
        var program = TestProgram.Start("node", ["pglite.js", $"{port}"], Folder, new Dictionary<string, string?>());
        var server = new VectorServer(
            program,
            // A reset between uses is more than it can do, and nothing here changes a session.
            $"Host=127.0.0.1;Port={port};Username=postgres;Password=postgres;Database=postgres;SSL Mode=Disable;Maximum Pool Size=1;No Reset On Close=true;Timeout=5");
        await Eventually.TrueAsync(server.AnswersAsync);
        return server;
    }

    public async ValueTask DisposeAsync() => await program.KillAsync();

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Node");

    private async Task<bool> AnswersAsync()
    {
        if (program.Exited.IsCompleted)
        {
            throw new InvalidOperationException($"PGlite ended with {await program.Exited}.");
        }

        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <returns>Null, or why there is none.</returns>
    private static async Task<string?> InstallAsync()
    {
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            return null;
        }

        string[] install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
        try
        {
            using var process = Process.Start(OperatingSystem.IsWindows()
                ? new ProcessStartInfo("cmd", ["/c", "npm", .. install]) { WorkingDirectory = Folder, RedirectStandardError = true }
                : new ProcessStartInfo("npm", install) { WorkingDirectory = Folder, RedirectStandardError = true })!; // Without a shell there always is one.
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : errors;
        }
        catch (Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
