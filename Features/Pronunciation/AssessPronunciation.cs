using Features.Files;
using Providers;
using Queueing;

namespace Features.Pronunciation;

/// <summary>Asks how well a text was read aloud in the job's file.</summary>
/// <param name="Sha256">The hash of the file, in hexadecimal.</param>
/// <param name="ReferenceText">What was to be read aloud.</param>
/// <param name="Language">Its language, such as <c>en-US</c>; the configured one if null.</param>
internal sealed record AssessPronunciation(string Sha256, string ReferenceText, string? Language);

/// <summary>Has a recording judged by whichever assessor the host has.</summary>
internal sealed class RecordingAssessor(IPronunciationAssessor assessor, FileStore files) : IJobHandler<AssessPronunciation>
{
    public async Task<JobOutcome> HandleAsync(AssessPronunciation args, JobContext context, CancellationToken workToken)
    {
        await context.ReportProgressAsync(10, "reading the recording", workToken);
        var (file, bytes) = await files.ReadOfJobAsync(context.JobId, workToken);
        var recording = SpeechRecording.Read(bytes);
        await context.ReportProgressAsync(30, $"listening to {recording.Duration.TotalSeconds:0.0} s of speech", workToken);
        var scores = await assessor.AssessAsync(recording, args.ReferenceText, args.Language, workToken);
        return new JobOutcome.Completed(scores)
        {
            InTransaction = (transaction, token) => FileStore.ReleaseAsync(transaction.Transaction, file.Id, token),
        };
    }
}
