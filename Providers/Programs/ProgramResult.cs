namespace Providers.Programs;

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">0 for success; 128 and more after a signal.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error, which may repeat what it was given.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    public bool WasKilled => ExitCode >= 128;
}
