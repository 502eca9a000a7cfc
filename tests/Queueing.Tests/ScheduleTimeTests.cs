using System.Globalization;

namespace Queueing.Tests;

/// <summary>When a schedule's ticks are, and what is no schedule.</summary>
public sealed class ScheduleTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-03-27")] // The clock goes from 2 to 3 on the 29th.
    [InlineData("2026-10-23")] // The hour from 2 to 3 comes twice on the 25th.
    public void A_daily_tick_in_the_hour_of_the_change_comes_once_each_day(string from)
    {
        var ticks = Ticks("30 2 * * *", from, days: 5);

        var days = ticks.Select(tick => TimeZoneInfo.ConvertTime(tick, Berlin).Date).ToArray();
        Assert.Equal(Enumerable.Range(0, 5).Select(day => At(from).Date.AddDays(day)), days);
        Assert.All(ticks, tick => Assert.Equal(TimeSpan.Zero, tick.Offset));
    }

    [Theory]
    [InlineData("0 * * * *", 60, "2026-03-28")]
    [InlineData("0 * * * *", 60, "2026-10-24")]
    [InlineData("*/15 * * * *", 15, "2026-03-28")]
    [InlineData("*/15 * * * *", 15, "2026-10-24")]
    public void Ticks_within_the_day_come_evenly_through_the_change(string cron, int minutes, string from)
    {
        var ticks = Ticks(cron, from, days: 3);

        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(minutes), pair.Second - pair.First));
        Assert.InRange(ticks.Count, 71 * 60 / minutes, 73 * 60 / minutes);
    }

    [Theory]
    [InlineData("2026-03-29", "2026-03-29T01:00:00Z")] // There is no half past two: at three, summer time.
    [InlineData("2026-10-25", "2026-10-25T00:30:00Z")] // The first of the two.
    public void The_tick_of_the_day_of_the_change_is_where_it_should_be(string day, string tick) =>
        Assert.Equal(At(tick), Ticks("30 2 * * *", day, days: 1)[0]);

    [Fact]
    public void Made_up_for_across_the_change_ticks_are_neither_lost_nor_doubled()
    {
        var schedule = Schedule("30 2 * * *", missed: MissedTicks.RunAll);
        var next = schedule.NextAfter(At("2026-10-22T22:00:00Z"))!.Value;

        var due = schedule.Due(next, At("2026-10-27T22:00:00Z"));

        Assert.Equal(5, due.Count);
        Assert.Equal(due.Distinct(), due);
        Assert.Equal(At("2026-10-28T01:30:00Z"), schedule.NextAfter(due[^1]));
    }

    [Theory]
    [InlineData("every hour")]
    [InlineData("61 * * * *")]
    [InlineData("")]
    [InlineData("* * * * * * *")]
    public void What_is_no_cron_expression_is_refused_by_the_schedules_name(string cron)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Schedule(cron));

        Assert.Equal("cron", refusal.ParamName);
        Assert.Contains("'report'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"'{cron}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    public void What_is_no_time_zone_is_refused_by_the_schedules_name(string timeZone)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Schedule("0 * * * *", timeZone));

        Assert.Equal("timeZone", refusal.ParamName);
        Assert.Contains("'report'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"'{timeZone}'", refusal.Message, StringComparison.Ordinal);
    }

    private static List<DateTimeOffset> Ticks(string cron, string from, int days)
    {
        var schedule = Schedule(cron);
        var begins = TimeZoneInfo.ConvertTimeToUtc(At(from).DateTime, Berlin);
        var ends = TimeZoneInfo.ConvertTimeToUtc(At(from).DateTime.AddDays(days), Berlin);
        var ticks = new List<DateTimeOffset>();
        for (var tick = schedule.NextAfter(begins.AddTicks(-1)); tick < ends; tick = schedule.NextAfter(tick.Value))
        {
            ticks.Add(tick.Value);
        }

        return ticks;
    }

    private static JobSchedule Schedule(string cron, string timeZone = "Europe/Berlin", MissedTicks missed = MissedTicks.RunOnce) =>
        new("report", cron, timeZone, typeof(Chore), _ => new Chore(), "somebody", missed);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
