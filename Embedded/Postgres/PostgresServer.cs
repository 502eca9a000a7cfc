using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Embedded.Processes;
using Npgsql;

namespace Embedded.Postgres;

/// <summary>A PostgreSQL server on loopback, over TCP only, that ends with this process at the latest.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan FastShutdownTime = TimeSpan.FromSeconds(5);
    private const string ReadyLine = "database system is ready to accept connections";

    private readonly TemporaryFolder? temporary;
    private readonly NpgsqlConnectionStringBuilder connection;

    private PostgresServer(ChildProcess process, NpgsqlConnectionStringBuilder connection, TemporaryFolder? temporary)
    {
        Process = process;
        this.connection = connection;
        this.temporary = temporary;
    }

    public int Port => connection.Port;

    internal ChildProcess Process { get; }

    /// <summary>Returns once the server accepts connections.</summary>
    public static async Task<PostgresServer> StartAsync(PostgresOptions options, CancellationToken cancellationToken = default)
    {
        var temporary = options.DataFolder is null ? new TemporaryFolder("postgres-") : null;
        try
        {
            return await StartAsync(options, temporary, cancellationToken);
        }
        catch
        {
            temporary?.Dispose();
            throw;
        }
    }

    public string ConnectionString(string database = "postgres") =>
        new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Database = database }.ConnectionString;

    public Task CreateDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        Database.EnsureAsync(ConnectionString(), name, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(FastShutdownTime);
        await StopAsync(patience.Token);
    }

    internal async Task StopAsync(CancellationToken patience)
    {
        // SIGINT is PostgreSQL's fast shutdown: clients are disconnected, the data is written.
        await Process.StopAsync(StopSignal.Interrupt, patience);
        temporary?.Dispose();
    }

    private static async Task<PostgresServer> StartAsync(PostgresOptions options, TemporaryFolder? temporary, CancellationToken cancellationToken)
    {
        var data = new DataFolder(options.DataFolder ?? Path.Combine(temporary!.Path, "data"), Account.ForPostgres());
        var binaries = options.Binaries ?? await PostgresLocator.FindAsync(
            InstalledPostgres.Folders(), PostgresLocator.DefaultCache, data.Version, options.Log, cancellationToken);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = options.Port == 0 ? FreePort() : options.Port,
            Username = options.UserName,
            Password = options.Password ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        var durable = options.Durable ?? temporary is null;
        await data.PrepareAsync(binaries, options.UserName, connection.Password, durable, cancellationToken);

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lastLines = new ConcurrentQueue<string>();
        var command = new ChildCommand(binaries.Postgres, ["-D", data.Path, .. Settings(options, connection.Port, durable)])
        {
            WorkingDirectory = OperatingSystem.IsWindows() ? null : "/",
            WhenOrphaned = StopSignal.Quit,
            Output = (line, _) =>
            {
                options.Log(line);
                lastLines.Enqueue(line);
                if (line.Contains(ReadyLine, StringComparison.Ordinal))
                {
                    ready.TrySetResult();
                }
            },
        };
        var process = ChildProcess.Start(data.Account?.Run(command, data.Path) ?? command);
        await using var killed = cancellationToken.Register(process.Kill);
        if (await Task.WhenAny(ready.Task, process.Exited) == process.Exited)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PostgresUnavailableException($"PostgreSQL ended with {await process.Exited}: {string.Join('\n', lastLines.TakeLast(10))}");
        }
        return new PostgresServer(process, connection, temporary);
    }

    private static IEnumerable<string> Settings(PostgresOptions options, int port, bool durable)
    {
        Dictionary<string, string> settings = new()
        {
            ["listen_addresses"] = "localhost",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = "",
            // The ready line is read from it.
            ["logging_collector"] = "off",
            ["log_destination"] = "stderr",
            ["lc_messages"] = "C",
        };
        if (!durable)
        {
            // synchronous_commit stays on: without it a killed server, not only a killed machine, loses commits.
            settings["fsync"] = settings["full_page_writes"] = "off";
        }
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }
        return settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
