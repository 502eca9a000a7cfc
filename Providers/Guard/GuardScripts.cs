using System.Runtime.CompilerServices;

namespace Providers.Guard;

/// <summary>The guard's scripts for Redis, one embedded file each.</summary>
internal static class GuardScripts
{
    public static readonly string Reserve = Load();
    public static readonly string Tell = Load();
    public static readonly string Circuit = Load();

    private static string Load([CallerMemberName] string name = "")
    {
        using var stream = typeof(GuardScripts).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"The assembly has no embedded file '{name}.lua'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
