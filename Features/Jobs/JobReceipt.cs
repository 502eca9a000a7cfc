using System.Text.Json;
using System.Text.Json.Serialization;
using Queueing;

namespace Features.Jobs;

/// <summary>What a client gets for an accepted job: its id, and where to ask for it and to follow it. A feature may add what else it made.</summary>
public record JobReceipt(Guid JobId, string Status, string StatusUrl, string EventsUrl);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobReceipt))]
internal sealed partial class JobReceiptJson : JsonSerializerContext
{
    /// <summary>Writes links as people copy them: "&amp;", not its number.</summary>
    public static JobReceiptJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JobJson.Options.Encoder });
}
