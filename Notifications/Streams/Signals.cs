namespace Notifications.Streams;

/// <summary>What a stream is told beside events.</summary>
[Flags]
internal enum Signals
{
    None = 0,

    /// <summary>The job changed, and no event told of it.</summary>
    Missed = 1,

    /// <summary>Nothing was written for a while.</summary>
    Heartbeat = 2,

    /// <summary>The stream has lasted long enough, or its caller may follow no longer.</summary>
    Over = 4,

    /// <summary>The service stops.</summary>
    Stopping = 8,

    /// <summary>The client reads more slowly than events come.</summary>
    TooSlow = 16,

    /// <summary>The client left.</summary>
    Gone = 32,

    /// <summary>All that end the stream.</summary>
    Ends = Over | Stopping | TooSlow | Gone,
}
