using System.Text.Json;

namespace AppHost.Tests;

internal static class LongText
{
    /// <summary>The README's page as often as it fits into so many characters.</summary>
    public static string Of(int characters)
    {
        var page = JsonElement.Parse(JobClient.ReadmeRequest).GetProperty("content").GetString()!;
        return string.Join("\n\n", Enumerable.Repeat(page, characters / (page.Length + 2)));
    }
}
