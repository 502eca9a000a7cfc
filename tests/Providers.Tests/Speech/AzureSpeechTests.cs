using System.Text;
using Providers.Tests.Azure;
using Providers.Tests.Wire;
using ProviderSimulator;
using ProviderSimulator.Scripts;

namespace Providers.Tests.Speech;

public sealed class AzureSpeechTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_is_scored_and_each_word_of_it()
    {
        await using var simulator = await Simulator.StartAsync();
        using var host = ProviderHost.Azure(simulator.Azure);
        var scores = await host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(), AzureCalls.Text, cancellationToken: Token);
        Assert.Equal(["good", "morning"], scores.Words.Select(word => word.Word));
        Assert.All([scores.Accuracy, scores.Fluency, scores.Completeness, scores.Pronunciation], score => Assert.InRange(score, 50, 100));

        var again = await host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(), AzureCalls.Text, cancellationToken: Token);
        Assert.Equal(scores.Accuracy, again.Accuracy);
        Assert.Equal(2, simulator.Record.Count().All.Calls);
        Assert.All(simulator.Record.Read().Calls, call => Assert.Equal((Operation.Speech, "pronunciation", true), (call.Operation, call.Model, call.HasKey)));
    }

    [Theory]
    [InlineData("""{"AccuracyScore":81.5,"FluencyScore":82,"CompletenessScore":0,"PronScore":100,"Words":[{"Word":"a","AccuracyScore":90,"ErrorType":"None"},{"Word":"b","AccuracyScore":20,"ErrorType":"Mispronunciation"},{"Word":"c","ErrorType":"Omission"},{"Word":"d","AccuracyScore":70,"ErrorType":"Insertion"},{"Word":"e","AccuracyScore":60,"ErrorType":"Monotone"}]}""")]
    [InlineData("""{"PronunciationAssessment":{"AccuracyScore":81.5,"FluencyScore":82,"CompletenessScore":0,"PronScore":100},"Words":[{"Word":"a","PronunciationAssessment":{"AccuracyScore":90,"ErrorType":"None"}},{"Word":"b","PronunciationAssessment":{"AccuracyScore":20,"ErrorType":"Mispronunciation"}},{"Word":"c","PronunciationAssessment":{"AccuracyScore":0,"ErrorType":"Omission"}},{"Word":"d","PronunciationAssessment":{"AccuracyScore":70,"ErrorType":"Insertion"}},{"Word":"e","PronunciationAssessment":{"AccuracyScore":60,"ErrorType":"Monotone"}}]}""")]
    public async Task Both_forms_of_an_answer_are_read(string alternative)
    {
        await using var server = await CannedServer.StartAsync(200, $$"""{"RecognitionStatus":"Success","NBest":[{{alternative}},{}]}""");
        using var host = ProviderHost.Azure(new(server.Address));
        var scores = await host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(), AzureCalls.Text, cancellationToken: Token);
        Assert.Equal((81.5, 82, 0, 100), (scores.Accuracy, scores.Fluency, scores.Completeness, scores.Pronunciation));
        Assert.Equal(
            [
                new("a", 90, WordError.None), new("b", 20, WordError.Mispronunciation), new("c", null, WordError.Omission),
                new("d", 70, WordError.Insertion), new("e", 60, WordError.NotAssessed),
            ],
            scores.Words);
    }

    [Fact]
    public async Task The_request_is_what_the_service_documents()
    {
        await using var server = await CannedServer.StartAsync(500, "");
        using var host = ProviderHost.Azure(new(server.Address));
        await Assert.ThrowsAsync<ProviderException>(() => host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(rate: 44_100), "Grüße, \"Welt\"", "de-DE", Token));

        Assert.StartsWith("POST /speech/recognition/conversation/cognitiveservices/v1?language=de-DE&format=detailed\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\nContent-Type: audio/wav; codecs=audio/pcm; samplerate=16000\n", server.Request, StringComparison.Ordinal);
        Assert.Contains($"\nContent-Length: {44 + (16_000 / 2 * 2)}\n", server.Request, StringComparison.Ordinal);
        Assert.Contains($"\nOcp-Apim-Subscription-Key: {ProviderHost.Key}\n", server.Request, StringComparison.Ordinal);
        const string Name = "Pronunciation-Assessment: ";
        var header = Assert.Single(server.Request!.Split('\n'), line => line.StartsWith(Name, StringComparison.Ordinal));
        Assert.Equal(
            """{"ReferenceText":"Grüße, \"Welt\"","GradingSystem":"HundredMark","Granularity":"Word","Dimension":"Comprehensive","EnableMiscue":"True"}""",
            Encoding.UTF8.GetString(Convert.FromBase64String(header[Name.Length..])));
    }

    [Fact]
    public async Task Silence_and_what_nobody_understands_are_permanent_and_may_have_cost()
    {
        await using var simulator = await Simulator.StartAsync();
        using var host = ProviderHost.Azure(simulator.Azure);
        var silence = await Assert.ThrowsAsync<ProviderException>(
            () => host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(hertz: 0), AzureCalls.Text, cancellationToken: Token));
        Assert.Equal((200, "no-speech", false, true), silence.Facts());

        simulator.Script = new() { Faults = [new() { Fault = Fault.Empty }] };
        Assert.Equal((200, "no-speech", false, true), (await host.FailureAsync("azure-speech")).Facts());
    }

    [Theory]
    [InlineData("""{"RecognitionStatus":"Success"}""")]
    [InlineData("""{"RecognitionStatus":"Success","NBest":[]}""")]
    [InlineData("""{"RecognitionStatus":"Success","NBest":[null]}""")]
    [InlineData("""{"RecognitionStatus":"Success","NBest":[{"AccuracyScore":1,"FluencyScore":2,"CompletenessScore":3}]}""")]
    [InlineData("""{"RecognitionStatus":"Success","NBest":[{"AccuracyScore":101,"FluencyScore":2,"CompletenessScore":3,"PronScore":4}]}""")]
    [InlineData("""{"RecognitionStatus":"Success","NBest":[{"AccuracyScore":1,"FluencyScore":2,"CompletenessScore":3,"PronScore":4,"Words":[null]}]}""")]
    [InlineData("""{"RecognitionStatus":"Success","NBest":[{"AccuracyScore":1,"FluencyScore":2,"CompletenessScore":3,"PronScore":4,"Words":[{}]}]}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task An_answer_without_scores_is_none(string body)
    {
        await using var server = await CannedServer.StartAsync(200, body);
        using var host = ProviderHost.Azure(new(server.Address));
        var failure = await host.FailureAsync("azure-speech");
        Assert.Equal(("bad-answer", true, true), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
    }

    [Fact]
    public async Task A_long_recording_is_not_sent()
    {
        await using var simulator = await Simulator.StartAsync();
        using var host = ProviderHost.Azure(simulator.Azure);
        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(30_001), AzureCalls.Text, cancellationToken: Token));
        Assert.Equal((null, "too-large", false, false), failure.Facts());
        Assert.Equal("azure-speech: the request is too large: it takes 30 s of speech at most.", failure.Message);
        Assert.Equal(0, simulator.Record.Count().All.Calls);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("a", "")]
    [InlineData("a", "en-US\n")]
    [InlineData("a", "en&format=simple")]
    public async Task What_cannot_be_asked_is_the_callers_mistake(string text, string? language)
    {
        using var host = ProviderHost.Azure(new("http://127.0.0.1:1"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(), text, language, Token));
        var tooLong = new string('x', ReferenceText.Longest + 1);
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(), tooLong, cancellationToken: Token));
        Assert.DoesNotContain("xxx", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_text_fits_into_the_header()
    {
        await using var simulator = await Simulator.StartAsync();
        using var host = ProviderHost.Azure(simulator.Azure);
        var text = string.Join(' ', Enumerable.Repeat("漢字漢字漢字漢字漢", 200));
        var scores = await host.Assessor("azure-speech").AssessAsync(AzureCalls.Recording(), text, "ja-JP", Token);
        Assert.Equal(200, scores.Words.Count);
    }
}
