using System.ComponentModel.DataAnnotations;
using Providers;

namespace Api.Budgets;

/// <summary>What an administrator wants changed; what it says nothing of stays as it is.</summary>
/// <remarks>Public, for rules are generated for public types only.</remarks>
/// <param name="Limits">Limits a day; without <c>soft</c> and <c>hard</c> a scope has none any more.</param>
/// <param name="Stopped">Whether nothing that costs may be called.</param>
public sealed record BudgetChange([MaxLength(1000)] IReadOnlyList<LimitChange>? Limits = null, bool? Stopped = null);

/// <summary>A scope's limits a day.</summary>
/// <param name="Scope">"fleet"; "owner:" and an owner, or "owner:*" for each that has none of its own; "type:" and a job type.</param>
/// <param name="Soft">Above it somebody is alerted, and cheaper models are taken where there are.</param>
/// <param name="Hard">Above it nothing is called.</param>
public sealed record LimitChange(
    [Required] string Scope, [Range(0, BudgetLimit.Most)] decimal? Soft = null, [Range(0, BudgetLimit.Most)] decimal? Hard = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BudgetScope.IsValid(Scope))
        {
            yield return new("Expected fleet, owner:…, owner:* or type:….", [nameof(Scope)]);
        }

        if (Soft > Hard)
        {
            yield return new("The soft limit must not be above the hard one.", [nameof(Soft)]);
        }
    }
}
