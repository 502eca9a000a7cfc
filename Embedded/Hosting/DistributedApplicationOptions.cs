namespace Aspire.Hosting;

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, which knows where its project is. The entry assembly by default.</summary>
    public string? AssemblyName { get; set; }
}
