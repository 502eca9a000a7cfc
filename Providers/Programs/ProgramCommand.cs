namespace Providers.Programs;

/// <summary>A program to run.</summary>
/// <param name="Program">Its path, or its name on the PATH.</param>
/// <param name="Arguments">They are passed as they are: no shell reads them.</param>
internal sealed record ProgramCommand(string Program, IReadOnlyList<string> Arguments)
{
    public required string Folder { get; init; }

    /// <summary>The most memory that it may ask for, in bytes; null for a program that bounds itself.</summary>
    public required long? MostMemory { get; init; }

    /// <summary>The most processor time that it may take; it holds also when nobody is left to stop it.</summary>
    public required TimeSpan MostTime { get; init; }

    /// <summary>The most that it may write to each of its streams, in bytes.</summary>
    public int MostOutput { get; init; } = 8 << 20;

    /// <summary>What it finds in its environment besides the paths.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
