using Npgsql;
using Queueing.Store;

namespace Queueing.Tests;

public sealed class SqlTests(PostgresServerFixture postgres)
{
    public static TheoryData<string> Files => [.. Sql.FileNames];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_statement_prepares_on_the_migrated_schema(string file)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await using var connection = await host.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"prepare statement as {Sql.Read(typeof(Sql).Assembly, file)}", connection);

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Every_file_has_a_statement_of_its_name() =>
        Assert.Equal(
            Sql.FileNames.Select(Path.GetFileNameWithoutExtension).Order(),
            typeof(Sql).GetFields().Where(field => field.FieldType == typeof(string)).Select(field => field.Name).Order());
}
