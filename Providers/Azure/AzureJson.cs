using System.Text.Json;
using System.Text.Json.Serialization;
using Providers.Speech.Azure;
using Providers.Vision.Azure;

namespace Providers.Azure;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AzureFailure))]
[JsonSerializable(typeof(SpeechAnswer))]
[JsonSerializable(typeof(VisionAnswer))]
internal sealed partial class AzureJson : JsonSerializerContext;
