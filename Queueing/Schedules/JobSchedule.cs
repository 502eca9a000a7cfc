using Cronos;

namespace Queueing;

/// <summary>A job that is enqueued again and again, at the times of a cron expression.</summary>
internal sealed class JobSchedule
{
    private const int MostMissed = 100;

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    private readonly CronExpression expression;
    private readonly TimeZoneInfo timeZone;
    private readonly MissedTicks missed;

    public JobSchedule(
        string name, string cron, string timeZone, Type argsType, Func<DateTimeOffset, object> args, string owner, MissedTicks missed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(owner);
        expression = Parse(name, cron);
        this.timeZone = Find(name, timeZone);
        this.missed = missed;
        (Name, ArgsType, Args, Owner, Definition) = (name, argsType, args, owner, $"{cron} {timeZone}");
    }

    public string Name { get; }

    public Type ArgsType { get; }

    public Func<DateTimeOffset, object> Args { get; }

    public string Owner { get; }

    /// <summary>What its ticks follow from; another definition starts anew.</summary>
    public string Definition { get; }

    /// <returns>The first tick after a time; null when the expression names none.</returns>
    public DateTimeOffset? NextAfter(DateTimeOffset time) => expression.GetNextOccurrence(time, timeZone)?.ToUniversalTime();

    /// <returns>The ticks to run, of those from <paramref name="next"/> to <paramref name="now"/>.</returns>
    public IReadOnlyList<DateTimeOffset> Due(DateTimeOffset next, DateTimeOffset now)
    {
        var ticks = new Queue<DateTimeOffset>();
        for (DateTimeOffset? tick = next; tick <= now; tick = NextAfter(tick.Value))
        {
            ticks.Enqueue(tick.Value);
            if (ticks.Count > MostMissed)
            {
                ticks.Dequeue();
            }
        }

        return missed switch
        {
            MissedTicks.RunAll => [.. ticks],
            MissedTicks.Skip => [.. ticks.TakeLast(1).Where(tick => now - tick < Late)],
            _ => [.. ticks.TakeLast(1)],
        };
    }

    private static CronExpression Parse(string name, string cron)
    {
        try
        {
            return CronExpression.Parse(cron, cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException exception)
        {
            throw new ArgumentException($"The schedule '{name}' has the cron expression '{cron}', which can't be read: {exception.Message}", nameof(cron), exception);
        }
    }

    private static TimeZoneInfo Find(string name, string timeZone)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        }
        catch (TimeZoneNotFoundException exception)
        {
            throw new ArgumentException($"The schedule '{name}' names the time zone '{timeZone}', which this machine doesn't know.", nameof(timeZone), exception);
        }
    }
}
