namespace Browser.Tests;

/// <summary>The types that the client's comments promise to editors.</summary>
public sealed class TypeTests
{
    [Fact]
    public async Task The_client_and_the_page_hold_to_their_types()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

        var (exitCode, output) = await NodePackages.RunAsync(
            "node_modules/typescript/bin/tsc", "--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2023", "--lib", "es2023,dom,dom.iterable,dom.asynciterable",
            "--module", "esnext", "--moduleResolution", "bundler", Path.Combine(root, "job-events.js"), Path.Combine(root, "sse-example.js"));

        Assert.True(exitCode == 0, output);
    }
}
