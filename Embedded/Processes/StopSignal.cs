namespace Embedded.Processes;

/// <summary>The signals used here have these numbers on Linux and macOS alike.</summary>
internal enum StopSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
