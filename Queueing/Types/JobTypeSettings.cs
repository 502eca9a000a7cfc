using Microsoft.Extensions.Configuration;

namespace Queueing;

/// <summary>What the configuration may say of a job type: the section <c>JobTypes:{type}</c>.</summary>
internal sealed class JobTypeSettings
{
    /// <summary>See <see cref="ResultReuse.For"/>.</summary>
    public TimeSpan? ReuseFor { get; set; }

    /// <exception cref="InvalidOperationException">It says something that makes no sense.</exception>
    public static void Apply(IConfiguration configuration, string type, JobTypeOptions options)
    {
        var key = $"JobTypes:{type}";
        if (configuration.GetSection(key).Get<JobTypeSettings>(binder => binder.ErrorOnUnknownConfiguration = true) is not { ReuseFor: { } lifetime })
        {
            return;
        }

        key = $"{key}:{nameof(ReuseFor)}";
        if (options.Reuse is not { } reuse)
        {
            throw new InvalidOperationException($"{key} is set, but '{type}' makes each result anew.");
        }

        if (lifetime < TimeSpan.Zero || lifetime > ResultReuse.Longest)
        {
            throw new InvalidOperationException($"{key} is {lifetime}: expected 0 to {ResultReuse.Longest.TotalDays} days.");
        }

        reuse.For = lifetime;
    }
}
