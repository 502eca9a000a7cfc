using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Providers;
using ServiceDefaults;

namespace Api.Budgets;

/// <summary>What calls of providers may cost, for administrators.</summary>
internal static class BudgetEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Judges changes by the attributes on their records: the rules are generated into the assembly that calls this.</summary>
        public void AddBudgetEndpoints() => builder.Services.AddValidation();
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET</c> and <c>PUT /api/budget</c>.</summary>
        public void MapBudget()
        {
            var budget = routes.MapGroup("/api/budget").WithTags("Operations").RequireAuthorization(SignInExtensions.Administrator);
            budget.MapGet("", ReadAsync);
            budget.MapPut("", ChangeAsync);
        }
    }

    private static async Task<Ok<BudgetStanding>> ReadAsync(Budget budget, CancellationToken cancellationToken) =>
        TypedResults.Ok(await budget.ReadAsync(cancellationToken));

    private static async Task<Ok<BudgetStanding>> ChangeAsync(
        BudgetChange change, ClaimsPrincipal caller, Budget budget, CancellationToken cancellationToken)
    {
        var limits = (change.Limits ?? []).Select(limit => new BudgetLimit(limit.Scope, limit.Soft, limit.Hard, Spent: 0));
        await budget.ChangeAsync([.. limits], change.Stopped, caller.Id!, cancellationToken);
        return TypedResults.Ok(await budget.ReadAsync(cancellationToken));
    }
}
