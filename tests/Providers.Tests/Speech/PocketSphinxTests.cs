using Providers.Speech;
using Providers.Tests.Azure;
using Providers.Tests.Programs;

namespace Providers.Tests.Speech;

/// <summary>The real program, where it is installed, with recordings of people that Debian has for tests of it.</summary>
public sealed class PocketSphinxTests
{
    private const string Data = "/usr/share/pocketsphinx/test/data";
    private const string Book = $"{Data}/librivox/sense_and_sensibility_01_austen_64kb-0880.wav";
    private const string BookText = "He was not an ill-disposed young man.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_said_has_high_scores()
    {
        var scores = await AssessAsync(GoForward(), "Go forward, ten meters!");
        Assert.Equal(["go", "forward", "ten", "meters"], scores.Words.Select(word => word.Word));
        Assert.All(scores.Words, word => Assert.Equal(WordError.None, word.Error));
        Assert.InRange(scores.Accuracy, 85, 100);
        Assert.Equal((100, 100), (scores.Completeness, scores.Fluency));
        Assert.InRange(scores.Pronunciation, 85, 100);
    }

    [Fact]
    public async Task A_wav_file_of_somebody_else_has_high_scores_too()
    {
        SkipWithoutIt();
        var scores = await AssessAsync(SpeechRecording.Read(await File.ReadAllBytesAsync(Book, Token)), BookText);
        Assert.Equal(["he", "was", "not", "an", "ill", "disposed", "young", "man"], scores.Words.Select(word => word.Word));
        Assert.InRange(scores.Accuracy, 85, 100);
        Assert.Equal(100, scores.Completeness);
    }

    [Fact]
    public async Task A_word_that_was_not_said_is_left_out()
    {
        var scores = await AssessAsync(GoForward(), "go forward ten more meters");
        Assert.Equal(new WordScore("more", null, WordError.Omission), scores.Words[3]);
        Assert.Equal((80, 5), (scores.Completeness, scores.Words.Count));
    }

    [Fact]
    public async Task Another_text_has_low_scores()
    {
        var scores = await AssessAsync(GoForward(), "the quick brown fox jumps over the lazy dog");
        Assert.InRange(scores.Pronunciation, 0, 50);
        Assert.InRange(scores.Completeness, 0, 60);
        Assert.Contains(scores.Words, word => word.Error != WordError.None);
    }

    [Fact]
    public async Task A_word_that_it_does_not_know_is_not_judged()
    {
        var scores = await AssessAsync(GoForward(), "go forward ten meters xqzzv 10");
        Assert.Equal([new("xqzzv", null, WordError.NotAssessed), new("10", null, WordError.NotAssessed)], scores.Words.Skip(4));
        Assert.Equal(100, scores.Completeness);
    }

    [Fact]
    public async Task The_same_recording_has_the_same_scores()
    {
        var first = await AssessAsync(GoForward(), "go forward ten meters");
        var again = await AssessAsync(GoForward(), "go forward ten meters");
        Assert.Equal(first.Words, again.Words);
        Assert.Equal(first.Pronunciation, again.Pronunciation);
    }

    [Theory]
    [InlineData("go", null, 100, 0, "no-speech")]
    [InlineData("go", null, 60_001, 440, "too-large")]
    [InlineData("go", "de-DE", 100, 440, "not-supported")]
    public async Task What_it_cannot_do_is_told_before_anything_is_run(string text, string? language, int milliseconds, double hertz, string word)
    {
        using var host = LocalHost.Build(("Providers:PocketSphinx:Program", "/no/such/program"), ("Providers:PocketSphinx:Model", "/no/such/folder"));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => host.Assessor("pocketsphinx").AssessAsync(AzureCalls.Recording(milliseconds, hertz: hertz), text, language, Token));
        Assert.Equal((word, false, false), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
    }

    [Theory]
    [InlineData("!?")]
    [InlineData("xqzzv")]
    [InlineData("fsgend\n漢字")]
    public async Task A_text_without_known_words_is_not_supported(string text)
    {
        SkipWithoutIt();
        var failure = await Assert.ThrowsAsync<ProviderException>(() => AssessAsync(GoForward(), text));
        Assert.Equal(("not-supported", false), (failure.Fault.Word, failure.Fault.IsTransient));
    }

    private static async Task<PronunciationScores> AssessAsync(SpeechRecording recording, string text)
    {
        using var host = LocalHost.Build();
        return await host.Assessor("pocketsphinx").AssessAsync(recording, text, cancellationToken: Token);
    }

    private static SpeechRecording GoForward()
    {
        SkipWithoutIt();
        var raw = File.ReadAllBytes($"{Data}/goforward.raw");
        return SpeechRecording.Read(WavFile.Write([.. raw.Chunk(2).Select(pair => BitConverter.ToInt16(pair))], 16_000));
    }

    private static void SkipWithoutIt() => Assert.SkipUnless(
        LocalHost.Has("/usr/bin/pocketsphinx_batch", "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict", Book),
        "The Debian packages pocketsphinx, pocketsphinx-en-us and pocketsphinx-testdata are not installed.");
}
