using System.Diagnostics;

namespace Embedded.Processes;

/// <summary>
/// A shell in a session of its own that reads from a pipe whose other end only this process holds. When the pipe ends,
/// this process is gone, however it died, and the shell signals what was not reported as ended.
/// A child whose parent dies in the microseconds between starting it and telling the guard is not seen.
/// </summary>
internal sealed class ShellGuard : IProcessGuard
{
    // 'left' holds "signal:pid" words, and folders come one a line. Groups are signalled, so that grandchildren end as well.
    private const string Script = """
        trap '' INT TERM HUP
        exec >/dev/null 2>&1
        left= folders= newline='
        '
        while read -r verb rest; do
          case $verb in
            add) left="$left $rest" ;;
            end) kept=; for entry in $left; do [ "${entry#*:}" = "$rest" ] || kept="$kept $entry"; done; left=$kept ;;
            folder) folders="$folders$rest$newline" ;;
            keep) folders=$(printf %s "$folders" | grep -vxF -- "$rest")$newline ;;
          esac
        done
        for entry in $left; do kill -s "${entry%%:*}" -- "-${entry#*:}"; done
        tries=50
        while [ $tries -gt 0 ]; do
          alive=
          for entry in $left; do if kill -s 0 -- "-${entry#*:}"; then alive=yes; fi; done
          [ "$alive" ] || break
          sleep 0.1
          tries=$((tries - 1))
        done
        for entry in $left; do kill -s KILL -- "-${entry#*:}"; done
        printf %s "$folders" | while read -r folder; do [ -n "$folder" ] && rm -rf -- "$folder"; done
        """;

    private readonly Lock gate = new();
    private readonly StreamWriter pipe;

    public ShellGuard()
    {
        var (fileName, arguments) = OwnSession.Wrap("sh", ["-c", Script]);
        // The root folder: a guard must not keep a folder busy.
        var start = new ProcessStartInfo(fileName, arguments) { RedirectStandardInput = true, WorkingDirectory = "/" };
        Id = (Shell = Process.Start(start) ?? throw new InvalidOperationException("The process guard did not start.")).Id;
        pipe = Shell.StandardInput;
        pipe.AutoFlush = true;
    }

    public int Id { get; }

    internal Process Shell { get; }

    public void Add(Process child, StopSignal signal) => Tell($"add {(signal == StopSignal.Quit ? "QUIT" : "KILL")}:{child.Id}");

    public void Remove(int childId) => Tell($"end {childId}");

    public void AddFolder(string path) => Tell($"folder {path}");

    public void RemoveFolder(string path) => Tell($"keep {path}");

    private void Tell(string line)
    {
        lock (gate)
        {
            try
            {
                pipe.Write(line + "\n");
            }
            catch (IOException)
            {
                // Somebody ended the guard. The children still stop with a clean end of this process.
            }
        }
    }
}
