using Microsoft.Extensions.Options;
using Providers.Faults;
using Providers.Programs;

namespace Providers.Speech.PocketSphinx;

/// <summary>Assesses by PocketSphinx, with two processes for each recording.</summary>
internal sealed class PocketSphinxAssessor(IOptions<PocketSphinxOptions> options, TimeProvider time) : IPronunciationAssessor
{
    private const string Remedy = "install the Debian packages pocketsphinx, pocketsphinx-en-us and util-linux, or set "
        + $"{PocketSphinxOptions.SectionName}:{nameof(PocketSphinxOptions.Program)} and :{nameof(PocketSphinxOptions.Model)}";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly PocketSphinxOptions options = options.Value;
    private readonly FaultReader faults = new(
        PocketSphinxOptions.ProviderName, options.Value.Timeout, time, exception => ProgramFaults.Of(exception, Remedy), isFree: true);

    public Task<PronunciationScores> AssessAsync(
        SpeechRecording recording, string referenceText, string? language = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ReferenceText.Check(referenceText, language);
        return true switch
        {
            _ when language is not null && !language.Equals("en-US", StringComparison.OrdinalIgnoreCase) =>
                Fail(new(FaultWords.NotSupported) { Remedy = "it knows en-US alone" }),
            _ when recording.Duration > Longest => Fail(new(FaultWords.TooLarge) { Remedy = $"it takes {Longest.TotalSeconds} s of speech at most" }),
            _ when recording.IsSilent => Fail(new(FaultWords.NoSpeech)),
            _ => faults.CallAsync(token => AssessAsync(recording, referenceText, token), cancellationToken),
        };
    }

    private async Task<PronunciationScores> AssessAsync(SpeechRecording recording, string referenceText, CancellationToken cancellationToken)
    {
        var reference = new Reference(referenceText, File.ReadLines(Path.Combine(options.Model, "cmudict-en-us.dict")));
        if (reference.Entries.Count == 0)
        {
            throw faults.Failure(new(FaultWords.NotSupported) { Remedy = "no word of the text is in its dictionary" }, usage: null);
        }

        using var folder = new CallFolder();
        await File.WriteAllBytesAsync(folder.File("speech.raw"), WavFile.Raw(recording.UsualSamples()), cancellationToken);
        await File.WriteAllTextAsync(folder.File("files"), "speech\n", cancellationToken);
        await File.WriteAllLinesAsync(folder.File("words.dict"), reference.Entries, cancellationToken);
        await File.WriteAllLinesAsync(folder.File("text.fsg"), reference.Grammar(), cancellationToken);

        // The beams are as good as none: the grammar is small, and a reading that was given up would look like silence.
        var words = await DecodeAsync(folder, ["-fsg", folder.File("text.fsg"), "-beam", "1e-200", "-pbeam", "1e-200", "-wbeam", "1e-150"], cancellationToken);
        var sounds = await DecodeAsync(
            folder,
            ["-allphone", Path.Combine(options.Model, "en-us-phone.lm.bin"), "-allphone_ci", "yes", "-lw", "1.0", "-pl_window", "0"],
            cancellationToken);
        return Alignment.Score(reference, [.. words.Where(segment => segment.IsWord)], sounds);
    }

    private async Task<IReadOnlyList<Segment>> DecodeAsync(CallFolder folder, string[] search, CancellationToken cancellationToken)
    {
        var result = await ProgramRun.RunAsync(
            new(options.Program,
            [
                "-hmm", Path.Combine(options.Model, "en-us"), "-dict", folder.File("words.dict"), "-adcin", "yes", "-samprate", "16000",
                "-cepdir", folder.Path, "-cepext", ".raw", "-ctl", folder.File("files"), "-cmn", "batch", "-remove_silence", "no",
                "-backtrace", "yes", .. search,
            ])
            {
                Folder = folder.Path,
                MostMemory = (long)options.MostMemoryMiB << 20,
                MostTime = options.Timeout,
            },
            cancellationToken);
        return result.ExitCode == 0 ? SegmentTable.Read(result.Errors) : throw faults.Failure(new(FaultWords.ServerError), usage: null);
    }

    private Task<PronunciationScores> Fail(ProviderFault fault) => Task.FromException<PronunciationScores>(faults.Failure(fault, usage: null));
}
