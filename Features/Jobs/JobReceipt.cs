using System.Text.Json.Serialization;

namespace Features.Jobs;

/// <summary>What a client gets for an accepted job: its id, and where to ask for it and to follow it.</summary>
public sealed record JobReceipt(Guid JobId, string Status, string StatusUrl, string EventsUrl);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobReceipt))]
internal sealed partial class JobReceiptJson : JsonSerializerContext;
