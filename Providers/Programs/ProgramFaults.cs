namespace Providers.Programs;

/// <summary>What exceptions mean where a program is run.</summary>
internal static class ProgramFaults
{
    /// <param name="exception">What was thrown.</param>
    /// <param name="remedy">What to install or to set.</param>
    /// <returns>Null for what isn't about programs and files.</returns>
    public static ProviderFault? Of(Exception exception, string remedy) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => new(FaultWords.NotInstalled) { Remedy = remedy },
        IOException or UnauthorizedAccessException => new(FaultWords.ServerError), // The disk is full, for one.
        _ => null,
    };
}
