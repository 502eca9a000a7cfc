namespace Queueing;

/// <summary>Every type of job that this process knows, by name and by payload.</summary>
public sealed class JobTypes
{
    private readonly Dictionary<string, JobType> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, JobType> byArgs = [];

    internal JobTypes(IEnumerable<JobType> types)
    {
        foreach (var type in types)
        {
            if (!byName.TryAdd(type.Name, type))
            {
                throw new InvalidOperationException($"The job type '{type.Name}' is registered twice.");
            }

            if (!byArgs.TryAdd(type.ArgsType, type))
            {
                throw new InvalidOperationException($"The payload {type.ArgsType.Name} is registered for two job types.");
            }
        }
    }

    /// <summary>The types, in no order.</summary>
    public IReadOnlyCollection<JobType> All => byName.Values;

    /// <summary>The queues that the known types wait in.</summary>
    public string[] Queues => [.. byName.Values.Select(type => type.Options.Queue).Distinct()];

    /// <summary>The type with this name, or null when this process doesn't know it.</summary>
    public JobType? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The type whose payload is <paramref name="argsType"/>.</summary>
    /// <exception cref="InvalidOperationException">No type was registered for that payload.</exception>
    public JobType For(Type argsType) => byArgs.GetValueOrDefault(argsType)
        ?? throw new InvalidOperationException($"No job type is registered for {argsType.Name}; call AddJob first.");
}
