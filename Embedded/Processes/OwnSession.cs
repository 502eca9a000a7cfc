namespace Embedded.Processes;

/// <summary>
/// Starts a child as the leader of a session of its own, so that Ctrl+C in the terminal reaches only us, and so that
/// its process group can be signalled as one. A child of .NET never leads a group: <c>setsid</c> can exec in place.
/// </summary>
internal static class OwnSession
{
    public static (string FileName, IEnumerable<string> Arguments) Wrap(string fileName, IReadOnlyList<string> arguments) => true switch
    {
        _ when OperatingSystem.IsLinux() => ("setsid", [fileName, .. arguments]),
        // macOS has no setsid program, but has Perl.
        _ when OperatingSystem.IsMacOS() => ("perl", ["-MPOSIX", "-e", "setsid(); exec { $ARGV[0] } @ARGV or die $!", fileName, .. arguments]),
        _ => (fileName, arguments),
    };
}
