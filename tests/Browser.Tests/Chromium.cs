namespace Browser.Tests;

internal static class Chromium
{
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["chrome.exe", "msedge.exe"]
        : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The machine's own browser: Playwright's isn't fetched.</summary>
    public static string Path { get; } = (
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        from name in Names
        let path = System.IO.Path.Combine(folder, name)
        where File.Exists(path)
        select path).FirstOrDefault()
        ?? throw new InvalidOperationException($"These tests need a browser on the PATH: {string.Join(", ", Names)}. On Debian: apt-get install chromium.");
}
