namespace Providers;

/// <summary>The limits, and what counts against them today (UTC): settled costs and open estimates.</summary>
/// <param name="Day">The day.</param>
/// <param name="StoppedAt">Since when nothing that costs is called; null when it is.</param>
/// <param name="Limits">One a scope that has a limit, and the fleet's.</param>
public sealed record BudgetStanding(DateOnly Day, DateTimeOffset? StoppedAt, IReadOnlyList<BudgetLimit> Limits)
{
    /// <summary>Whether calls need not be reserved before they are made.</summary>
    internal bool IsUnlimited => StoppedAt is null && Limits.All(limit => limit.Hard is null);

    /// <summary>Whether calls may be made that could not be made before: a limit was raised or taken away, a stop ended, or the day turned.</summary>
    internal bool IsLooserThan(BudgetStanding before) =>
        Day != before.Day
        || (StoppedAt is null && before.StoppedAt is not null)
        || before.Limits.Any(old => old.Hard is not null && !Limits.Any(limit => limit.Scope == old.Scope && limit.Hard <= old.Hard));

    /// <summary>Whether what is left is to be spent on cheaper models.</summary>
    internal bool IsOverSoft(string jobType) =>
        Limits.Any(limit => limit.Spent > limit.Soft && (limit.Scope == BudgetScope.Fleet || limit.Scope == BudgetScope.Type(jobType)));
}

/// <summary>A scope's limits a day.</summary>
/// <param name="Scope">"fleet"; "owner:" and an owner, or "owner:*" for each that has none of its own; "type:" and a job type.</param>
/// <param name="Soft">Above it somebody is alerted, and cheaper models are taken where there are; null for none.</param>
/// <param name="Hard">Above it nothing is called; null for none.</param>
/// <param name="Spent">What counts today; 0 for "owner:*".</param>
public sealed record BudgetLimit(string Scope, decimal? Soft, decimal? Hard, decimal Spent)
{
    /// <summary>The highest limit; amounts above it are not kept to the tenth decimal.</summary>
    public const int Most = 1_000_000_000;

    internal void Validate()
    {
        if (!BudgetScope.IsValid(Scope))
        {
            throw new ArgumentException($"'{Scope}' is no scope: expected fleet, owner:…, owner:* or type:….", nameof(Scope));
        }

        if (Soft is < 0 or > Most || Hard is < 0 or > Most || Soft > Hard)
        {
            throw new ArgumentException($"The limits of {Scope} must be 0 to {Most}, the soft one not above the hard one.", nameof(Soft));
        }
    }
}
