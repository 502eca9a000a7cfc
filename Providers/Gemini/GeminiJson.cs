using System.Text.Json;
using System.Text.Json.Serialization;

namespace Providers.Gemini;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GeminiRequest))]
[JsonSerializable(typeof(GeminiAnswer))]
[JsonSerializable(typeof(GeminiEmbeddingBatch))]
[JsonSerializable(typeof(GeminiEmbeddings))]
[JsonSerializable(typeof(GeminiFailure))]
internal sealed partial class GeminiJson : JsonSerializerContext;
