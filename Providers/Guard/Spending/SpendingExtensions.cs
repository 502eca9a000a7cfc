using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Queueing;

namespace Providers.Guard.Spending;

internal static class SpendingExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the budget: its tables, <see cref="Budget"/> and how it stands. Needs the queue.</summary>
        public void AddBudget()
        {
            builder.AddSchemaPart("providers", typeof(SpendingExtensions).Assembly);
            builder.Services.AddOptions<BudgetOptions>()
                .BindConfiguration(BudgetOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<BudgetOptions>, BudgetOptionsValidator>();
            builder.Services.TryAddSingleton(provider => new Budget(
                provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<JobControl>()));
            builder.Services.AddSingleton<BudgetWatch>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<BudgetWatch>());
        }

        /// <summary>Lets jobs spend: what they can't pay parks them. Needs <see cref="AddBudget"/>.</summary>
        public void AddSpending()
        {
            builder.Services.AddSingleton<SpendLedger>();
            builder.Services.AddSingleton<Spendings>();
            builder.Services.AddSingleton<SpendKeeper>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<SpendKeeper>());
            builder.AddJobException<BudgetSpentException>(spent => new JobOutcome.SnoozeFor(spent.RetryAfter, Budget.SnoozeReason));
            builder.AddJobException<LedgerAwayException>(away => new JobOutcome.SnoozeFor(away.RetryAfter));
        }
    }
}
