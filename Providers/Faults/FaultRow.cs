namespace Providers.Faults;

/// <summary>A line of a provider's table of errors. The first line that fits tells the fault.</summary>
/// <param name="statuses">The HTTP statuses that it is for.</param>
/// <param name="code">The provider's own word for the error; null for any, or none.</param>
/// <param name="word">One of <see cref="FaultWords"/>.</param>
internal sealed class FaultRow(Range statuses, string? code, string word)
{
    /// <summary>All there are.</summary>
    public static readonly Range Any = 0..1000;

    public FaultRow(int status, string? code, string word) : this(status..(status + 1), code, word)
    {
    }

    /// <summary>See <see cref="ProviderFault.MayHaveCost"/>.</summary>
    public bool MayHaveCost { get; init; }

    private string Word => word;

    /// <param name="rows">A table, of which the last line fits everything.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The provider's words for the error.</param>
    public static ProviderFault Read(IEnumerable<FaultRow> rows, int status, params ReadOnlySpan<string?> codes)
    {
        foreach (var row in rows)
        {
            if (row.Fits(status, codes))
            {
                return new(row.Word) { MayHaveCost = row.MayHaveCost, Status = status };
            }
        }

        throw new ArgumentException("The table has no last line.", nameof(rows));
    }

    private bool Fits(int status, ReadOnlySpan<string?> codes) =>
        status >= statuses.Start.Value && status < statuses.End.Value && (code is null || codes.Contains(code));
}
