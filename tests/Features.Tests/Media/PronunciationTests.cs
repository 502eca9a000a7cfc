using System.Net;
using Providers;
using ProviderSimulator;
using Queueing;

namespace Features.Tests.Media;

/// <summary>A recording, from the form to the scores.</summary>
public sealed class PronunciationTests(MediaServers servers)
{
    private const string Url = "/api/pronunciation-assess";
    private const string Text = "The weather is very good today.";

    private static readonly string[] Scores = ["accuracy", "fluency", "completeness", "pronunciation"];

    [Fact]
    public async Task A_text_that_was_read_aloud_is_judged_word_by_word()
    {
        Samples.SkipWithout("espeak-ng, pocketsphinx and pocketsphinx-en-us", "/usr/bin/espeak-ng", "/usr/bin/pocketsphinx_batch", "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict");
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(await Samples.SpeechAsync(Text), ("referenceText", Text), ("language", "en-US")));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var receipt = await response.ReadAsync();
        Assert.Equal("eventsUrl jobId status statusUrl", string.Join(' ', receipt.EnumerateObject().Select(field => field.Name).Order()));
        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Completed, "pronunciation-assess", "speech", "pocketsphinx"), (status.Status, status.Type, status.Queue, status.Usage?.Provider));
        var result = status.Result!.Value;
        Assert.All(Scores, score => Assert.InRange(result.GetProperty(score).GetDouble(), 1, 100));
        Assert.Equal(
            ["the", "weather", "is", "very", "good", "today"],
            result.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("word").GetString()));
        Assert.Contains(result.GetProperty("words").EnumerateArray(), word => word.GetProperty("error").GetString() == "None" && word.GetProperty("accuracy").GetDouble() > 50);
    }

    [Fact]
    public async Task By_configuration_Azure_judges_it()
    {
        await using var simulator = await Simulator.StartAsync();
        await using var host = await servers.StartAsync(
            ("Speech:Chain:0", "azure-speech"), ("Providers:AzureSpeech:Endpoint", simulator.Azure.ToString()), ("Providers:AzureSpeech:ApiKey", "any"));

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Tone(), ("referenceText", "Good morning")));

        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Completed, "azure-speech"), (status.Status, status.Usage?.Provider));
        Assert.Equal(2, status.Result!.Value.GetProperty("words").GetArrayLength());
    }

    [Theory]
    [InlineData(null, null, "referenceText")]
    [InlineData("", null, "referenceText")]
    [InlineData("  ", "english please", "language referenceText")]
    [InlineData("Good morning.", "../en", "language")]
    [InlineData("Good\0morning.", null, "referenceText")]
    public async Task What_a_form_lacks_is_named_and_its_file_not_kept(string? text, string? language, string fields)
    {
        await using var host = await servers.StartAsync();
        (string, string)[] given = [.. text is null ? [] : new[] { ("referenceText", text) }, .. language is null ? [] : new[] { ("language", language) }];

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Tone(), given));

        Assert.Equal(fields, await response.BadFieldsAsync());
        Assert.Equal(0, await host.FilesAsync());
    }

    [Fact]
    public async Task A_reference_text_has_at_most_2000_characters()
    {
        await using var host = await servers.StartAsync(("Providers:PocketSphinx:Program", "/no/such/program"));
        var client = host.ClientOf("test");

        using var longest = await client.PostFormAsync(Url, Uploading.Form(Samples.Tone(), ("referenceText", new string('a', ReferenceText.Longest))));
        using var longer = await client.PostFormAsync(Url, Uploading.Form(Samples.Tone(), ("referenceText", new string('a', ReferenceText.Longest + 1))));

        Assert.Equal(HttpStatusCode.Accepted, longest.StatusCode);
        Assert.Equal("referenceText", await longer.BadFieldsAsync());
    }

    [Fact]
    public async Task A_recording_of_another_format_fails_for_good_and_says_what_was_expected()
    {
        await using var host = await servers.StartAsync();
        var stereo = Samples.Tone();
        stereo[22] = 2;

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(stereo, ("referenceText", "Good morning.")));

        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Failed, "bad-media", 1, false), (status.Status, status.Error?.Type, status.Attempt, status.Error?.Transient));
        Assert.Contains("one channel", status.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_program_is_installed_the_client_is_told_what_to_install_or_to_set()
    {
        await using var host = await servers.StartAsync(("Providers:PocketSphinx:Program", "/no/such/program"));

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Tone(), ("referenceText", "Good morning.")));

        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Failed, "not-installed", 1, false), (status.Status, status.Error?.Type, status.Attempt, status.Error?.Transient));
        Assert.Contains("pocketsphinx-en-us", status.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("Providers:PocketSphinx:Program", status.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_has_no_wav_file()
    {
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Text(), ("referenceText", "Good morning.")));

        Assert.Equal("/problems/unsupported-media-type", await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType));
    }
}
