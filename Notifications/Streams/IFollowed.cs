namespace Notifications.Streams;

/// <summary>What one client follows, and how far it has been told. Disposed, it hears no more.</summary>
internal interface IFollowed : IDisposable
{
    /// <summary>Whether there is nothing more to tell.</summary>
    bool IsFinal { get; }

    /// <returns>What the client is told of what came in.</returns>
    ValueTask<IReadOnlyList<Heard>> TellAsync(Signals signals, IReadOnlyList<Heard> events, CancellationToken cancellationToken);
}
