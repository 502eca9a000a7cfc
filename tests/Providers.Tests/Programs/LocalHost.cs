using Providers.Programs;
using Providers.Tests.Wire;

namespace Providers.Tests.Programs;

/// <summary>A host with the two local providers, and programs in their place.</summary>
internal static class LocalHost
{
    public static ProviderHost Build(params (string Name, string? Value)[] settings) => Build(time: null, settings);

    public static ProviderHost Build(TimeProvider? time, params (string Name, string? Value)[] settings) => ProviderHost.Build(
        builder =>
        {
            builder.AddPocketSphinx();
            builder.AddTesseract();
        },
        time,
        settings);

    /// <summary>Debian's programs, where they are.</summary>
    public static bool Has(params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                return false;
            }
        }

        return true;
    }

    public static byte[] Resource(string name)
    {
        using var stream = typeof(LocalHost).Assembly.GetManifestResourceStream(name)!; // It is embedded.
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>An executable file in a folder that is deleted. Another process writes it: a file that any has open for writing can't be run.</summary>
    public static async Task<string> ScriptAsync(CallFolder folder, string text)
    {
        var path = folder.File("program");
        var result = await ProgramRun.RunAsync(
            new("sh", ["-c", "printf '%s' \"$1\" > \"$2\" && chmod 700 \"$2\"", "sh", "#!/bin/sh\n" + text, path])
            {
                Folder = folder.Path,
                MostMemory = 1L << 30,
                MostTime = TimeSpan.FromSeconds(60),
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(new ProgramResult(0, "", ""), result);
        return path;
    }
}
