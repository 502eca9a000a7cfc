using System.Text.Json;
using System.Text.Json.Serialization;
using AspireJobs.Client.Following;

namespace AspireJobs.Client;

/// <summary>The documents of the API, read without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobReceipt))]
[JsonSerializable(typeof(JobStatus))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(EventData))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class WireJson : JsonSerializerContext;
