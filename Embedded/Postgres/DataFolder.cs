using System.Globalization;
using Embedded.Processes;

namespace Embedded.Postgres;

/// <summary>A PostgreSQL data folder: made when it is empty, and freed of what a killed server left in it.</summary>
internal sealed record DataFolder(string Path, Account? Account)
{
    public int? Version =>
        File.Exists(VersionFile) ? int.Parse(File.ReadAllText(VersionFile), CultureInfo.InvariantCulture) : null;

    private string VersionFile => System.IO.Path.Combine(Path, "PG_VERSION");

    public async Task PrepareAsync(PostgresBinaries binaries, string userName, string password, bool durable, CancellationToken cancellationToken)
    {
        if (Version is null)
        {
            await CreateAsync(binaries, userName, password, durable, cancellationToken);
        }
        else if (Account is not null)
        {
            await Account.OwnAsync(Path, cancellationToken);
        }
        await LeftByKilledServer.ClearAsync(System.IO.Path.Combine(Path, "postmaster.pid"), cancellationToken);
    }

    private async Task CreateAsync(PostgresBinaries binaries, string userName, string password, bool durable, CancellationToken cancellationToken)
    {
        // What a killed initdb left: without its version file no server has ever run in it.
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
        Directory.CreateDirectory(Path);

        var passwordFile = Path + ".password";
        try
        {
            await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
            if (Account is not null)
            {
                await Account.OwnAsync(Path, cancellationToken);
                await Account.OwnAsync(passwordFile, cancellationToken);
            }
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            List<string> log = [];
            ChildCommand command = new(binaries.Initdb,
            [
                "-D", Path, "-U", userName, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C", .. durable ? Array.Empty<string>() : ["--no-sync"],
            ])
            {
                // Anyone may enter the root folder; the caller's own current folder may be closed to the account.
                WorkingDirectory = OperatingSystem.IsWindows() ? null : "/",
                Output = (line, _) => { lock (log) { log.Add(line); } },
            };
            var initdb = ChildProcess.Start(Account?.Run(command, Path) ?? command);
            await using var killed = cancellationToken.Register(initdb.Kill);
            if (await initdb.Exited != 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new PostgresUnavailableException($"initdb could not make {Path}: {string.Join('\n', log)}");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }
}
