using Npgsql;
using Queueing.History.Tests.Recording;
using Queueing.History.Tests.Running;

namespace Queueing.History.Tests.Producing;

/// <summary>A client that sends jobs in every way, asks again when an answer is lost, and calls some off.</summary>
internal sealed class Producer(int number, int seed, QueueClient client, Recorder recorder, TimeProvider time)
{
    private const int MostResends = 20;

    private readonly Random random = new((seed * 1000) + number);
    private readonly Sender sender = new(client.Queue, client.Get<NpgsqlDataSource>(), recorder);

    public async Task RunAsync(CancellationToken stop)
    {
        var plan = new SendingPlan(number, random, time);
        while (!stop.IsCancellationRequested)
        {
            await ActAsync(plan);
            await PauseAsync(10, 150);
        }
    }

    private Task ActAsync(SendingPlan plan) => random.Next(100) switch
    {
        < 32 => sender.SendAsync(plan.Next(1, keyed: false)),
        < 50 => SendKeyedAsync(plan.Next(1, keyed: true), repeat: random.Next(4) == 0),
        < 56 => sender.SendAsync(plan.Next(random.Next(2, 8), keyed: false)),
        < 62 => SendKeyedAsync(plan.Next(random.Next(2, 8), keyed: true), repeat: random.Next(4) == 0),
        < 76 => sender.SendInTransactionAsync(plan.Next(1, keyed: random.Next(4) == 0), rollBack: random.Next(6) == 0),
        < 78 => ContradictAsync(plan.Next(1, keyed: true)),
        < 94 => CancelAsync(),
        _ => RedriveAsync(),
    };

    private async Task SendKeyedAsync(Sending sending, bool repeat)
    {
        var answer = await sender.SendAsync(sending);
        for (var resends = 0; answer == Answer.Unknown && resends < MostResends; resends++)
        {
            await PauseAsync(100, 400);
            answer = await sender.SendAsync(sending);
        }

        if (repeat)
        {
            await sender.SendAsync(sending);
        }
    }

    private async Task ContradictAsync(Sending sending)
    {
        if (await sender.SendAsync(sending) == Answer.Accepted)
        {
            await sender.SendAsync(sending.Contradicted());
        }
    }

    private async Task CancelAsync()
    {
        if (recorder.PickRecent(random) is { } jobId)
        {
            CancelAnswer? answer = null;
            try
            {
                answer = await client.Control.CancelAsync(jobId);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // Whether it was called off is not known.
            }

            recorder.Cancels.Enqueue(new(jobId, answer, recorder.Now));
        }
    }

    private async Task RedriveAsync()
    {
        if (recorder.PickRecent(random) is { } jobId)
        {
            try
            {
                await client.Control.TryRedriveAsync(jobId);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // The audit knows whether it came back.
            }
        }
    }

    private Task PauseAsync(int least, int most) => Task.Delay(TimeSpan.FromMilliseconds(random.Next(least, most)), time);
}
