namespace Aspire.Hosting.ApplicationModel;

public sealed class PostgresServerResource(string name, ParameterResource? userName, ParameterResource password)
    : ContainerResource(name, password), IResourceWithConnectionString
{
    public ParameterResource? UserNameParameter => userName;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserName};Password={PasswordParameter}");

    internal ReferenceExpression UserName => userName is null ? ReferenceExpression.Create($"postgres") : ReferenceExpression.Create($"{userName}");

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", UserName),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", ReferenceExpression.Create($"postgresql://{UserName:uri}:{PasswordParameter:uri}@{Host}:{Port}")),
        new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}")),
    ];

    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> PropertiesOf(string database) =>
        GetConnectionProperties().Select(property => property.Key is "Uri" or "JdbcConnectionString"
            ? new(property.Key, ReferenceExpression.Create($"{property.Value}/{Uri.EscapeDataString(database)}"))
            : property)
        .Append(new("DatabaseName", ReferenceExpression.Create($"{database}")));
}

public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource server)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    public PostgresServerResource Parent => server;

    public string DatabaseName => databaseName;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent.ConnectionStringExpression};Database={DatabaseName}");

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => Parent.PropertiesOf(DatabaseName);
}
