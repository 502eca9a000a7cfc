using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Queueing;

/// <summary>Reads what the configuration says of a queue, after what the code says.</summary>
internal sealed class JobQueueConfiguration(IConfiguration configuration) : IPostConfigureOptions<JobQueueOptions>
{
    public void PostConfigure(string? name, JobQueueOptions options) => configuration
        .GetSection(JobQueueOptions.SectionName)
        .GetSection(name ?? "")
        .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
}
