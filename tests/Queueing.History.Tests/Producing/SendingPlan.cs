using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Producing;

/// <summary>Draws what a producer sends.</summary>
internal sealed class SendingPlan(int producer, Random random, TimeProvider time)
{
    private static readonly string[] Owners = ["anna", "ben", "carl"];

    private static readonly (Script Script, int Weight)[] Scripts =
    [
        (Script.Quick, 34), (Script.Effect, 14), (Script.Slow, 10), (Script.Flaky, 10), (Script.Deaf, 6), (Script.Snooze, 8),
        (Script.Later, 5), (Script.LaterEffect, 6), (Script.BrokenEffect, 3), (Script.Hopeless, 2), (Script.Discard, 2),
    ];

    private int sent;

    public Sending Next(int count, bool keyed)
    {
        var queue = random.Next(10) < 7 ? HistoryJobs.OpenQueue : HistoryJobs.CappedQueue;
        var token = $"p{producer}.{++sent}";
        var expires = random.Next(10) == 0;
        var continued = random.Next(4) == 0;
        var options = new EnqueueOptions
        {
            Priority = random.Next(3) == 0 ? random.Next(1, 11) : EnqueueOptions.DefaultPriority,
            Delay = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 1500)) : TimeSpan.Zero,
            ExpiresAt = expires ? time.GetUtcNow() + TimeSpan.FromMilliseconds(random.Next(200, 3000)) : null,
            IdempotencyKey = keyed ? token : null,
            Continuation = continued ? HistoryJobs.ContinuationOf : null,
        };
        Item[] items = [.. Enumerable.Range(0, count).Select(place => new Item(count == 1 ? token : $"{token}.{place}", Draw(), queue, keyed, expires, continued))];
        return new(items, random.Next(), Owners[random.Next(Owners.Length)], options);
    }

    private Script Draw()
    {
        var drawn = random.Next(Scripts.Sum(entry => entry.Weight));
        return Scripts.First(entry => (drawn -= entry.Weight) < 0).Script;
    }
}
