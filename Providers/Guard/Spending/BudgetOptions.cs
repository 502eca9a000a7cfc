using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>How the ledger of what calls cost is kept. The limits are in the database, see <see cref="Budget"/>.</summary>
public sealed class BudgetOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Budget";

    /// <summary>How often each process looks whether there are limits, or a stop: how late it may follow them.</summary>
    /// <value>Default: 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After what time a reservation that nobody settled has cost its estimate, for good: longer than any call takes. It counts at
    /// its estimate all that time.
    /// </summary>
    /// <value>Default: 1 h.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ReservationLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long calls are kept in the ledger.</summary>
    /// <value>Default: 92 days.</value>
    [Range(typeof(TimeSpan), "2.00:00:00", "3660.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(92);

    /// <summary>The longest that a job waits before it asks for money again, though nobody woke it.</summary>
    /// <value>Default: 5 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestPark { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class BudgetOptionsValidator : IValidateOptions<BudgetOptions>;
