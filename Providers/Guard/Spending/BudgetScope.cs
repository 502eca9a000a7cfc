namespace Providers;

/// <summary>What a limit may hold for.</summary>
public static class BudgetScope
{
    /// <summary>All calls.</summary>
    public const string Fleet = "fleet";

    /// <summary>The calls of each owner that has no limit of its own.</summary>
    public const string AnyOwner = "owner:*";

    private const int Longest = 300;

    /// <summary>The calls of an owner's jobs.</summary>
    public static string Owner(string owner) => $"owner:{owner}";

    /// <summary>The calls of a type's jobs.</summary>
    public static string Type(string jobType) => $"type:{jobType}";

    /// <summary>Whether it is one.</summary>
    public static bool IsValid(string scope) =>
        scope is { Length: <= Longest } && !scope.Contains('\0', StringComparison.Ordinal)
        && (scope == Fleet || scope is ['o', 'w', 'n', 'e', 'r', ':', _, ..] or ['t', 'y', 'p', 'e', ':', _, ..]);
}
