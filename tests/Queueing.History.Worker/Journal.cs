using System.Globalization;
using System.Text;

namespace Queueing.History.Worker;

/// <summary>What this process's handlers did, in a file that outlives the process: one line an event.</summary>
/// <remarks>A line is one write, so a killed process leaves no line half written.</remarks>
internal sealed class Journal : IDisposable
{
    public const string ProcessWord = "process";
    public const string BeganWord = "began";
    public const string EndedWord = "ended";

    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly TimeProvider time;

    public Journal(string path, TimeProvider time)
    {
        this.time = time;
        file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Write($"{ProcessWord} {Environment.ProcessId}");
    }

    public void Began(Guid jobId, int attempt) => Write($"{BeganWord} {Now} {jobId} {attempt}");

    public void Ended(Guid jobId, int attempt, string how) => Write($"{EndedWord} {Now} {jobId} {attempt} {how}");

    private string Now => time.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture);

    private void Write(string line)
    {
        lock (gate)
        {
            file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    public void Dispose() => file.Dispose();
}
