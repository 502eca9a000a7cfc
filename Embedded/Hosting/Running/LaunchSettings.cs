using System.Text.Json;
using System.Text.Json.Serialization;

namespace Embedded.Hosting;

/// <summary>The part of a project's Properties/launchSettings.json that says under which environment it runs.</summary>
internal sealed record LaunchSettings(IReadOnlyDictionary<string, LaunchSettings.Profile> Profiles)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
    };

    public string? FirstProjectProfile => Profiles.FirstOrDefault(profile => profile.Value.CommandName == "Project").Key;

    public static LaunchSettings Read(string projectPath)
    {
        var folder = File.Exists(projectPath) ? Path.GetDirectoryName(projectPath)! : projectPath;
        var file = Path.Combine(folder, "Properties", "launchSettings.json");
        return File.Exists(file) && JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), Json) is { Profiles: not null } settings
            ? settings
            : new LaunchSettings(new Dictionary<string, Profile>());
    }

    internal sealed record Profile(string? CommandName)
    {
        [JsonInclude]
        public IReadOnlyDictionary<string, string> EnvironmentVariables { get; private init; } = new Dictionary<string, string>();
    }
}
