using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Providers.Guard.Spending;
using Queueing;

namespace Providers;

/// <summary>Adds the budget to a host.</summary>
public static class BudgetExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="Budget"/>, with the settings of <see cref="BudgetOptions"/>, and its tables. Needs the queue.</summary>
        public void AddBudget()
        {
            builder.AddSchemaPart("providers", typeof(BudgetExtensions).Assembly);
            builder.Services.AddOptions<BudgetOptions>()
                .BindConfiguration(BudgetOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<BudgetOptions>, BudgetOptionsValidator>();
            builder.Services.TryAddSingleton(provider => new Budget(
                provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<JobControl>()));
            builder.Services.AddSingleton<BudgetWatch>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<BudgetWatch>());
        }

        /// <summary>Lets jobs make calls that cost: what the budget doesn't reach for waits. Needs <see cref="AddBudget"/>.</summary>
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
