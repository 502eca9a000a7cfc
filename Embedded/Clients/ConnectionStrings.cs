using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.Hosting;

internal static class ConnectionStrings
{
    /// <summary>Binds the section, then the section named after the connection, as the Aspire integrations do.</summary>
    public static void BindSettings(this IHostApplicationBuilder builder, string section, string connectionName, object settings)
    {
        builder.Configuration.GetSection(section).Bind(settings);
        builder.Configuration.GetSection($"{section}:{connectionName}").Bind(settings);
    }

    public static string Require(string? connectionString, string connectionName, string section) => connectionString
        ?? throw new InvalidOperationException(
            $"The connection string '{connectionName}' is missing: set ConnectionStrings:{connectionName} or {section}:ConnectionString.");
}
