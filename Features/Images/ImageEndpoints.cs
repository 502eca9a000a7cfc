using Features.Files;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Providers;
using Queueing;

namespace Features.Images;

/// <summary>Says what is written in an image, and what it shows.</summary>
public static class ImageEndpoints
{
    private const string Queue = "vision";

    private static readonly FileKind Image = new("a PNG, JPEG or WebP image", ReadableImage.LargestFile, MediaTypeOf);

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "process-image". The host that runs it needs an <see cref="IImageReader"/>.</summary>
        public void AddImages()
        {
            builder.AddFiles();
            builder.ConfigureJobQueue(Queue, queue => queue.Concurrency = 2); // By default a job is a process on the worker's machine.
            builder.AddJob<ProcessImage, ImageProcessing>("process-image", options =>
            {
                options.Queue = Queue;
                options.IsInternal = true; // A file belongs to the job that was made with it.
                options.Timeout = TimeSpan.FromMinutes(5);
            });
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/process-image</c>.</summary>
        public RouteHandlerBuilder MapImages() => routes.MapPost("/api/process-image", ProcessAsync)
            .Accepts<ImageForm>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(Image.MostOfRequest))
            .WithTags("Images");
    }

    private static async Task<JobAnswer> ProcessAsync(
        HttpRequest http, EnqueueRequest request, Uploads uploads, FileStore files, CancellationToken cancellationToken)
    {
        if (request.BadParameters is { } bad)
        {
            return bad;
        }

        var (form, refusal) = await uploads.ReadAsync(http, request.Owner, Image, cancellationToken);
        return form is null
            ? refusal! // One of the two is there.
            : await request.AcceptAsync(new ProcessImage(form.File.Sha256), form.File, files);
    }

    private static string? MediaTypeOf(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ when head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) => "image/webp",
        _ => null,
    };
}

/// <summary>What a client posts.</summary>
/// <param name="File">A PNG, JPEG or WebP file; at most 20 MiB, 50 to 16,000 pixels a side.</param>
public sealed record ImageForm(IFormFile File);
