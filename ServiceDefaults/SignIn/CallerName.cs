namespace ServiceDefaults;

/// <summary>What can be a caller's id.</summary>
public static class CallerName
{
    /// <summary>The longest, in characters.</summary>
    public const int Longest = 200;

    /// <returns>Whether it has something to show, nothing that can't be shown or stored, and not too much.</returns>
    public static bool IsValid(string name) =>
        name.Length <= Longest && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);
}
