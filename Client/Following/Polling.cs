namespace AspireJobs.Client.Following;

/// <summary>Asks for the status in the background, one question at a time.</summary>
internal sealed class Polling(IFollowed followed, JobClientOptions options, TimeProvider time)
{
    private readonly Backoff backoff = new(options.MaxBackoff, Random.Shared);
    private readonly Task never = new TaskCompletionSource().Task;
    private CancellationTokenSource? stop;
    private Task<StatusAnswer>? asking;
    private Task pause = Task.CompletedTask;

    /// <summary>Completes with the answer; never when nothing is asked.</summary>
    public Task Answered => asking ?? never;

    public void Start(CancellationToken cancellationToken)
    {
        if (asking is null)
        {
            stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            asking = AskAsync(stop.Token);
        }
    }

    /// <returns>The answer, once there is one.</returns>
    /// <exception cref="JobApiException">The API refused for good.</exception>
    public async Task<StatusAnswer?> TakeAsync()
    {
        if (asking is not { IsCompleted: true } answered)
        {
            return null;
        }

        asking = null;
        stop!.Dispose();
        return await answered;
    }

    /// <summary>Stops asking; an answer that was not taken is dropped.</summary>
    public async Task StopAsync()
    {
        if (asking is { } unanswered)
        {
            await stop!.CancelAsync();
            await ((Task)unanswered).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
            asking = null;
        }
    }

    private async Task<StatusAnswer> AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await pause.WaitAsync(cancellationToken);
            pause = Task.Delay(options.PollInterval, time, CancellationToken.None);
            try
            {
                var answer = await followed.AskAsync(cancellationToken);
                backoff.Succeed();
                return answer;
            }
            catch (Exception exception) when (exception.MayPass() && !cancellationToken.IsCancellationRequested)
            {
                var wait = backoff.Next();
                await Task.Delay((exception as JobRefusedException)?.RetryAfter ?? wait, time, cancellationToken);
            }
        }
    }
}
