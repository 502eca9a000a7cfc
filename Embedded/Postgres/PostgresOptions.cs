namespace Embedded.Postgres;

public sealed class PostgresOptions
{
    /// <summary>Where the data is kept. Null makes a temporary folder that goes with the server.</summary>
    public string? DataFolder { get; init; }

    /// <summary>False turns fsync off: a crash of the machine then loses the data. Follows <see cref="DataFolder"/> when not set.</summary>
    public bool? Durable { get; init; }

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    public string UserName { get; init; } = "postgres";

    /// <summary>Null makes one. A data folder keeps the password that it was made with.</summary>
    public string? Password { get; init; }

    /// <summary>More settings, by their names in postgresql.conf.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the server's log lines, from two threads at a time.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    /// <summary>Null takes the newest that is found.</summary>
    internal PostgresBinaries? Binaries { get; init; }
}
