using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Providers.Azure;
using Providers.Faults;

namespace Providers.Speech.Azure;

/// <summary>Assesses by Azure Speech.</summary>
internal sealed class AzureSpeechAssessor : IPronunciationAssessor, IDisposable
{
    /// <summary>What the service says it takes with an assessment.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // Escapes would make the header three times as long; nobody reads it as HTML.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AzureSpeechOptions options;
    private readonly AzureHttp http;
    private readonly FaultReader faults;
    private readonly string address;

    public AzureSpeechAssessor(IOptions<AzureSpeechOptions> options, TimeProvider time)
    {
        this.options = options.Value;
        http = new(AzureSpeechOptions.ProviderName, this.options.ApiKey, AzureFaults.Speech, time);
        faults = new(AzureSpeechOptions.ProviderName, this.options.Timeout, time, _ => null);
        var endpoint = this.options.Endpoint?.AbsoluteUri.TrimEnd('/') ?? $"https://{this.options.Region}.stt.speech.microsoft.com";
        address = $"{endpoint}/speech/recognition/conversation/cognitiveservices/v1";
    }

    public Task<PronunciationScores> AssessAsync(
        SpeechRecording recording, string referenceText, string? language = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ReferenceText.Check(referenceText, language);
        return recording.Duration > Longest
            ? Task.FromException<PronunciationScores>(faults.Failure(
                new(FaultWords.TooLarge) { Remedy = $"it takes {Longest.TotalSeconds} s of speech at most" }, usage: null))
            : faults.CallAsync(token => AskAsync(recording, referenceText, language ?? options.Language, token), cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<PronunciationScores> AskAsync(
        SpeechRecording recording, string referenceText, string language, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}?language={Uri.EscapeDataString(language)}&format=detailed")
        {
            Content = new ByteArrayContent(recording.UsualWav()),
        };
        // As the service documents it: a slash would have to be in quotes.
        request.Content.Headers.TryAddWithoutValidation("Content-Type", $"audio/wav; codecs=audio/pcm; samplerate={SpeechRecording.UsualRate}");
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Add("Pronunciation-Assessment", Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                ReferenceText = referenceText,
                GradingSystem = "HundredMark",
                Granularity = "Word",
                Dimension = "Comprehensive",
                EnableMiscue = "True", // Omissions and insertions are told.
            },
            Plain)));
        var answer = await http.PostAsync(request, AzureJson.Default.SpeechAnswer, cancellationToken);
        return answer.Fault is { } fault ? throw faults.Failure(fault, usage: null) : answer.Scores;
    }
}
