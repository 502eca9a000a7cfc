namespace ProviderSimulator.Records;

/// <summary>What reached the simulator. The latest calls are kept, the counts are of all of them.</summary>
public sealed class CallRecord
{
    /// <summary>Names of models come from clients: what is counted by model must end somewhere.</summary>
    private const int MostModels = 100;

    private readonly Lock access = new();
    private readonly ProviderCall?[] latest;
    private Dictionary<string, Tally> byModel = new(StringComparer.Ordinal);
    private Tally all = new(inFlight: 0);
    private DateTimeOffset? droppedUntil;
    private long lastId;
    private long clearedId;

    internal CallRecord(int capacity) => latest = new ProviderCall?[capacity];

    /// <summary>The calls that arrived at this time or later, or all; those that are still open have no end.</summary>
    public CallPage Read(DateTimeOffset? since = null)
    {
        lock (access)
        {
            var dropped = Math.Max(0, lastId - clearedId - latest.Length);
            List<ProviderCall> calls = [];
            for (var id = clearedId + dropped + 1; id <= lastId; id++)
            {
                if (Slot(id) is { } call && call.Arrived >= (since ?? DateTimeOffset.MinValue))
                {
                    calls.Add(call);
                }
            }

            return new(dropped, droppedUntil, calls);
        }
    }

    public CallFigures Count()
    {
        lock (access)
        {
            return new(all.Read(), byModel.ToDictionary(model => model.Key, model => model.Value.Read(), StringComparer.Ordinal));
        }
    }

    /// <summary>Forgets calls and counts. Calls that are open count as open from now on, and are not recorded.</summary>
    public void Clear()
    {
        lock (access)
        {
            clearedId = lastId;
            droppedUntil = null;
            Array.Clear(latest);
            all = all.Restart();
            byModel = byModel.Where(model => model.Value.InFlight > 0)
                .ToDictionary(model => model.Key, model => model.Value.Restart(), StringComparer.Ordinal);
        }
    }

    /// <returns>The call, with its id.</returns>
    internal ProviderCall Begin(ProviderCall call, long tokens)
    {
        lock (access)
        {
            call = call with { Id = ++lastId };
            ref var slot = ref Slot(call.Id);
            droppedUntil = slot?.Arrived ?? droppedUntil;
            slot = call;
            all.Begin(call.Arrived, tokens);
            TallyOf(call.Model).Begin(call.Arrived, tokens);
            return call;
        }
    }

    internal void End(ProviderCall call)
    {
        lock (access)
        {
            if (call.Id <= clearedId)
            {
                all.Forget();
                TallyOf(call.Model).Forget();
                return;
            }

            all.End(call);
            TallyOf(call.Model).End(call);
            ref var slot = ref Slot(call.Id);
            if (slot?.Id == call.Id)
            {
                slot = call;
            }
        }
    }

    private ref ProviderCall? Slot(long id) => ref latest[id % latest.Length];

    private Tally TallyOf(string model)
    {
        if (!byModel.TryGetValue(model, out var tally))
        {
            model = byModel.Count < MostModels ? model : "(other)";
            byModel.TryAdd(model, new(inFlight: 0));
            tally = byModel[model];
        }

        return tally;
    }
}
