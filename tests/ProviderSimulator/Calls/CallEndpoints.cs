using ProviderSimulator.Azure;
using ProviderSimulator.Gemini;
using ProviderSimulator.OpenAI;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Calls;

/// <summary>What clients of the providers call.</summary>
internal static class CallEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapCalls()
        {
            routes.MapCall("/v1/chat/completions", new ChatFormat());
            routes.MapCall("/v1/embeddings", new EmbeddingsFormat());
            routes.MapCall("/v1beta/models/{model}:generateContent", new GeminiFormat(streams: false));
            routes.MapCall("/v1beta/models/{model}:streamGenerateContent", new GeminiFormat(streams: true));
            routes.MapCall("/v1beta/models/{model}:batchEmbedContents", new GeminiEmbeddingsFormat());
            routes.MapCall("/speech/recognition/conversation/cognitiveservices/v1", new SpeechFormat());
            routes.MapCall("/computervision/imageanalysis:analyze", new VisionFormat());
            routes.MapModels();
        }

        private void MapCall(string path, IWireFormat format) =>
            routes.MapPost(path, context => context.RequestServices.GetRequiredService<CallHandler>().HandleAsync(context, format));
    }
}
