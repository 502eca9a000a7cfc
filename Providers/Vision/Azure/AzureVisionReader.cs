using Microsoft.Extensions.Options;
using Providers.Azure;
using Providers.Faults;

namespace Providers.Vision.Azure;

/// <summary>Reads images by Azure Vision.</summary>
internal sealed class AzureVisionReader : IImageReader, IDisposable
{
    private const string Remedy =
        $"set {AzureVisionOptions.SectionName}:{nameof(AzureVisionOptions.Caption)} to false where a region has no captions";

    private readonly AzureVisionOptions options;
    private readonly AzureHttp http;
    private readonly FaultReader faults;
    private readonly string address;

    public AzureVisionReader(IOptions<AzureVisionOptions> options, TimeProvider time)
    {
        this.options = options.Value;
        http = new(AzureVisionOptions.ProviderName, this.options.ApiKey, Meaning, time);
        faults = new(AzureVisionOptions.ProviderName, this.options.Timeout, time, _ => null);
        var features = $"read{(this.options.Caption ? ",caption" : "")}{(this.options.Tags ? ",tags" : "")}";
        // The options are validated.
        address = $"{this.options.Endpoint!.AbsoluteUri.TrimEnd('/')}/computervision/imageanalysis:analyze?api-version=2024-02-01&features={features}";
    }

    public Task<ImageReading> ReadAsync(ReadableImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return faults.CallAsync(token => AskAsync(image, token), cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<ImageReading> AskAsync(ReadableImage image, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(image.File) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        var answer = await http.PostAsync(request, AzureJson.Default.VisionAnswer, cancellationToken);
        return answer.ReadingOf(options);
    }

    private static ProviderFault Meaning(int status, params ReadOnlySpan<string?> codes)
    {
        var fault = AzureFaults.Vision(status, codes);
        return fault.Word == FaultWords.NotSupported ? fault with { Remedy = Remedy } : fault;
    }
}
