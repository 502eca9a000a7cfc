using Notifications.Streams;

namespace Notifications.Feeds;

/// <summary>Who follows a feed.</summary>
internal sealed class FeedClients
{
    private readonly Lock gate = new();
    private readonly List<Inbox> inboxes = [];

    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return inboxes.Count == 0;
            }
        }
    }

    public void Add(Inbox inbox)
    {
        lock (gate)
        {
            inboxes.Add(inbox);
        }
    }

    public void Remove(Inbox inbox)
    {
        lock (gate)
        {
            inboxes.Remove(inbox);
        }
    }

    public void Tell(Heard heard)
    {
        lock (gate)
        {
            inboxes.ForEach(inbox => inbox.Add(heard));
        }
    }

    /// <summary>Ends their streams.</summary>
    public void SendAway()
    {
        lock (gate)
        {
            inboxes.ForEach(inbox => inbox.Signal(Signals.Over));
        }
    }
}
