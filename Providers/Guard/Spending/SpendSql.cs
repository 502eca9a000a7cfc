using System.Runtime.CompilerServices;

namespace Providers.Guard.Spending;

/// <summary>The ledger's statements, one embedded file each, in the words that psql takes unchanged.</summary>
internal static class SpendSql
{
    public static readonly string ExpireSpend = Load();
    public static readonly string FoldSpend = Load();
    public static readonly string ForgetSpend = Load();
    public static readonly string ReadBudget = Load();
    public static readonly string RecordSpend = Load();
    public static readonly string ReserveSpend = Load();
    public static readonly string ResumeSpending = Load();
    public static readonly string SetBudget = Load();
    public static readonly string SettleSpend = Load();
    public static readonly string StopSpending = Load();

    private static string Load([CallerMemberName] string name = "")
    {
        using var stream = typeof(SpendSql).Assembly.GetManifestResourceStream($"Spending/{name}.sql")
            ?? throw new InvalidOperationException($"The assembly has no embedded file 'Spending/{name}.sql'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
