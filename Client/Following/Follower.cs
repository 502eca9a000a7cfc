using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace AspireJobs.Client.Following;

/// <summary>Tells what happens, from the stream and, while that is silent, from the status.</summary>
internal sealed partial class Follower(HttpClient http, IFollowed followed, JobClientOptions options, TimeProvider time, ILogger logger)
{
    public async IAsyncEnumerable<JobNotice> FollowAsync(string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new Silence(options.SilenceLimit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var polling = new Polling(followed, options, time);
        var pump = new EventPump(http, followed.StreamUrl, lastEventId, silence, options, time, logger);
        var pumping = pump.RunAsync(ended.Token);
        var wasSilent = false;
        try
        {
            var heard = pump.Events.WaitToReadAsync(cancellationToken).AsTask();
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var silenceChanged = silence.Changed; // Before it is read: a change after this is not overlooked.
                while (pump.Events.TryRead(out var item))
                {
                    foreach (var notice in followed.Hear(item))
                    {
                        yield return notice;
                    }

                    if (followed.IsOver)
                    {
                        yield break;
                    }
                }

                var isSilent = silence.IsSilent;
                if (isSilent != wasSilent)
                {
                    wasSilent = isSilent;
                    LogSource(followed.StreamUrl, isSilent ? "silent: the status is asked for" : "heard again");
                }

                if (!isSilent && !followed.IsUnsure)
                {
                    await polling.StopAsync();
                }
                else if (await polling.TakeAsync() is { } answer)
                {
                    foreach (var notice in followed.Learn(answer, isSilent))
                    {
                        yield return notice;
                    }

                    if (followed.IsOver)
                    {
                        yield break;
                    }

                    continue;
                }
                else
                {
                    polling.Start(ended.Token);
                }

                if (heard.IsCompleted)
                {
                    if (!await heard)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield break; // The server has nothing more to tell.
                    }

                    heard = pump.Events.WaitToReadAsync(cancellationToken).AsTask();
                    continue;
                }

                await Task.WhenAny(heard, silenceChanged, polling.Answered);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await polling.StopAsync();
            await pumping;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The event stream {Url} is {State}")]
    private partial void LogSource(string url, string state);
}
