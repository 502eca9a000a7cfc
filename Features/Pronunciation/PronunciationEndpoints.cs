using Features.Files;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Providers;
using Queueing;

namespace Features.Pronunciation;

/// <summary>Says how well a text was read aloud.</summary>
public static class PronunciationEndpoints
{
    private const string Queue = "speech";

    private static readonly FileKind Wav = new("a WAV file", SpeechRecording.LongestFile, MediaTypeOf);

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "pronunciation-assess". The host that runs it needs an <see cref="IPronunciationAssessor"/>.</summary>
        public void AddPronunciation()
        {
            builder.AddFiles();
            builder.ConfigureJobQueue(Queue, queue => queue.Concurrency = 2); // By default a job is a process on the worker's machine.
            builder.AddJob<AssessPronunciation, RecordingAssessor>("pronunciation-assess", options =>
            {
                options.Queue = Queue;
                options.IsInternal = true; // A file belongs to the job that was made with it.
                options.Timeout = TimeSpan.FromMinutes(5);
            });
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/pronunciation-assess</c>.</summary>
        public RouteHandlerBuilder MapPronunciation() => routes.MapPost("/api/pronunciation-assess", AssessAsync)
            .Accepts<PronunciationForm>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(Wav.MostOfRequest))
            .WithTags("Pronunciation");
    }

    private static async Task<JobAnswer> AssessAsync(
        HttpRequest http, EnqueueRequest request, Uploads uploads, FileStore files, CancellationToken cancellationToken)
    {
        if (request.BadParameters is { } bad)
        {
            return bad;
        }

        var (form, refusal) = await uploads.ReadAsync(http, request.Owner, Wav, cancellationToken);
        if (form is null)
        {
            return refusal!; // One of the two is there.
        }

        if (Errors(form) is { Count: > 0 } errors)
        {
            await files.DiscardAsync(form.File.Id);
            return TypedResults.ValidationProblem(errors);
        }

        return await request.AcceptAsync(new AssessPronunciation(form.File.Sha256, form["referenceText"]!, form["language"]), form.File, files);
    }

    private static Dictionary<string, string[]> Errors(UploadedForm form)
    {
        var errors = new Dictionary<string, string[]>();
        if (form["referenceText"] is not { Length: <= ReferenceText.Longest } text || text.Contains('\0', StringComparison.Ordinal))
        {
            errors["referenceText"] = [$"Expected what was to be read aloud: 1 to {ReferenceText.Longest} characters."];
        }

        if (form["language"] is { } language && !ReferenceText.IsLanguage(language))
        {
            errors["language"] = ["Expected the name of a language, such as en-US."];
        }

        return errors;
    }

    private static string? MediaTypeOf(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WAVE"u8) ? "audio/wav" : null;
}

/// <summary>What a client posts.</summary>
/// <param name="File">A WAV file: PCM, 16 bit, one channel, 8 to 48 kHz; at most 12 MiB.</param>
/// <param name="ReferenceText">What was to be read aloud: 1 to 2,000 characters.</param>
/// <param name="Language">Its language, such as en-US; the configured one if none.</param>
public sealed record PronunciationForm(IFormFile File, string ReferenceText, string? Language);
