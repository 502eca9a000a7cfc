using Features.Tests.Media;

namespace Features.Tests;

public sealed class SqlTests(MediaServers servers)
{
    // Commands of PostgreSQL that can't be prepared; the tests of what they do run them.
    private static readonly string[] Commands = ["Sql/InstallVectors.sql", "Sql/WritePieces.sql"];

    [Fact]
    public async Task Every_statement_prepares_on_the_migrated_schema()
    {
        await using var host = await servers.StartAsync();
        foreach (var file in Statements.FileNames.Except(Commands))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var refused = await Record.ExceptionAsync(() => host.ExecuteAsync($"prepare {name} as {Statements.Read(file)}"));
            Assert.True(refused is null, $"{file}: {refused?.Message}");
        }
    }

    [Fact]
    public void Every_file_has_a_statement_of_its_name() =>
        Assert.Equal(
            Statements.FileNames.Select(Path.GetFileNameWithoutExtension).Order(),
            typeof(Statements).Assembly.GetTypes().Where(type => type.Name.EndsWith("Sql", StringComparison.Ordinal)).SelectMany(type => type.GetFields()).Select(field => field.Name).Order());
}
