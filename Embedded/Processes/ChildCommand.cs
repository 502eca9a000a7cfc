namespace Embedded.Processes;

/// <summary>What to run. Arguments are passed as they are: no shell reads them.</summary>
internal sealed record ChildCommand(string FileName, IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Comes on top of this process's own environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Gets every line, and whether it came from standard error; called from two threads at a time.</summary>
    public Action<string, bool> Output { get; init; } = static (_, _) => { };

    /// <summary>What the guard sends to the child when this process died without stopping it.</summary>
    public StopSignal WhenOrphaned { get; init; } = StopSignal.Kill;
}
