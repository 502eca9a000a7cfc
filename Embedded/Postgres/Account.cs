using System.Diagnostics;
using Embedded.Processes;

namespace Embedded.Postgres;

/// <summary>
/// PostgreSQL refuses to run as root. For a caller that is root it runs as another account, which may have to pass
/// through folders that are closed to it (a clone in a private temporary folder, or under /root): then the process gets
/// the one capability that lets it through, CAP_DAC_READ_SEARCH. Writing still takes ownership, so it gets its data folder.
/// </summary>
internal sealed record Account(string Name, string UserId, string GroupId)
{
    /// <summary>Null for a caller who is not root and can run PostgreSQL himself.</summary>
    public static Account? ForPostgres()
    {
        if (!Posix.IsRoot)
        {
            return null;
        }
        if (!OperatingSystem.IsLinux())
        {
            throw new PostgresUnavailableException("PostgreSQL refuses to run as root. Run this as an ordinary user.");
        }
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToLookup(fields => fields[0]);
        return accounts["postgres"].Concat(accounts["nobody"]).Select(fields => new Account(fields[0], fields[2], fields[3])).FirstOrDefault()
            ?? throw new PostgresUnavailableException("PostgreSQL refuses to run as root, and there is neither an account 'postgres' nor 'nobody'.");
    }

    public ChildCommand Run(ChildCommand command, params IEnumerable<string> paths)
    {
        string[] capability = paths.Append(command.FileName).Any(IsBehindClosedFolder)
            // Without the secure bit, access(2) ignores the capability, by which initdb looks for the program beside it.
            ? ["--securebits", "+no_setuid_fixup", "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
            : [];
        return command with
        {
            FileName = "setpriv",
            Arguments = ["--reuid", UserId, "--regid", GroupId, "--clear-groups", .. capability, command.FileName, .. command.Arguments],
        };
    }

    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        using var chown = Process.Start(new ProcessStartInfo("chown", ["-R", $"{UserId}:{GroupId}", path]))
            ?? throw new PostgresUnavailableException("chown did not start.");
        await chown.WaitForExitAsync(cancellationToken);
        if (chown.ExitCode != 0)
        {
            throw new PostgresUnavailableException($"Could not give {path} to the account '{Name}', which PostgreSQL runs as because it refuses to run as root.");
        }
    }

    private static bool IsBehindClosedFolder(string path)
    {
        for (var folder = Directory.GetParent(path); folder is not null && !OperatingSystem.IsWindows(); folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return true;
            }
        }
        return false;
    }
}
