namespace Embedded.Hosting;

/// <param name="Directory">The folder of the AppHost's project.</param>
/// <param name="IsTest">A test takes free ports and temporary data whatever the model says, so that it can run beside anything.</param>
internal sealed record AppHostInfo(string Directory, bool IsTest)
{
    /// <summary>How a person starts this AppHost, for messages that propose another way to.</summary>
    public string Command => $"dotnet run --project {Path.GetFileName(Directory.TrimEnd(Path.DirectorySeparatorChar))} --";
}
