namespace Embedded.Hosting;

/// <param name="Directory">The folder of the AppHost's project.</param>
/// <param name="IsTest">A test takes free ports and temporary data whatever the model says, so that it can run beside anything.</param>
internal sealed record AppHostInfo(string Directory, bool IsTest)
{
    /// <summary>How a person starts this AppHost another way: with the arguments it has now, and these settings instead of their own values.</summary>
    public string CommandWith(params IReadOnlyList<string> settings)
    {
        var names = settings.Select(setting => setting.Split('=')[0]).ToList();
        var kept = Environment.GetCommandLineArgs().Skip(1).Where(argument => !names.Contains(argument.Split('=')[0]));
        return $"dotnet run --project {Path.GetFileName(Directory.TrimEnd(Path.DirectorySeparatorChar))} -- {string.Join(' ', kept.Concat(settings))}";
    }
}
