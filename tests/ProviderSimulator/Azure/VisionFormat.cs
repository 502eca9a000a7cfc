using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Azure;

/// <summary><c>POST /computervision/imageanalysis:analyze</c></summary>
internal sealed class VisionFormat : IWireFormat
{
    private static readonly string[] Known = ["read", "caption", "tags"];

    public Operation Operation => Operation.Vision;

    public byte[] StreamEnd => [];

    public Question Read(HttpRequest request, byte[] body, int answerTokens)
    {
        AzureErrors.CheckKey(request);
        var features = (request.Query["features"].FirstOrDefault() ?? "").Split(',');
        if (request.Query["api-version"] != "2024-02-01" || features.Except(Known).Any())
        {
            throw new BadQuestionException($"The api-version must be 2024-02-01, and features some of {string.Join(',', Known)}.", "features");
        }

        return body.Length > 0 && request.ContentType == "application/octet-stream"
            ? new VisionQuestion { Model = "image-analysis", PromptTokens = 0, Image = body, Features = features }
            : throw new BadQuestionException("The body must be an image.", "body");
    }

    public object Error(WireError error) => AzureErrors.Body(error);

    public void AddHeaders(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now) =>
        AzureErrors.AddHeaders(headers, id, error, now);
}
