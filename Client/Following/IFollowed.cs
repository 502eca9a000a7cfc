using System.Net.ServerSentEvents;

namespace AspireJobs.Client.Following;

/// <summary>What is followed: knows its stream, its status, and what of them its follower was told already. Used by one thread at a time, but for <see cref="AskAsync"/>.</summary>
internal interface IFollowed
{
    /// <summary>Relative to the API.</summary>
    string StreamUrl { get; }

    /// <summary>Whether everything is told.</summary>
    bool IsOver { get; }

    /// <summary>Whether the status has to be asked for, though the stream is heard.</summary>
    bool IsUnsure { get; }

    /// <summary>An event came over the stream.</summary>
    /// <returns>What it tells.</returns>
    IReadOnlyList<JobNotice> Hear(SseItem<string> item);

    /// <summary>Asks for the status; changes nothing that the other members see.</summary>
    Task<StatusAnswer> AskAsync(CancellationToken cancellationToken);

    /// <summary>The status was asked for.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isSilent">Whether the stream is silent, so that changes have to be told from the answer.</param>
    /// <returns>What it tells.</returns>
    IReadOnlyList<JobNotice> Learn(StatusAnswer answer, bool isSilent);
}
