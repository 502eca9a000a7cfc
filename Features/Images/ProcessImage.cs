using Features.Files;
using Providers;
using Queueing;

namespace Features.Images;

/// <summary>Asks what is written in the job's file, and what it shows.</summary>
/// <param name="Sha256">The hash of the file, in hexadecimal.</param>
internal sealed record ProcessImage(string Sha256);

/// <summary>Has an image read by whichever reader the host has.</summary>
internal sealed class ImageProcessing(IImageReader reader, FileStore files) : IJobHandler<ProcessImage>
{
    public async Task<JobOutcome> HandleAsync(ProcessImage args, JobContext context, CancellationToken workToken)
    {
        await context.ReportProgressAsync(10, "opening the image", workToken);
        var (file, bytes) = await files.ReadOfJobAsync(context.JobId, workToken);
        var image = ReadableImage.Read(bytes);
        await context.ReportProgressAsync(30, $"reading {image.Width} by {image.Height} pixels", workToken);
        var reading = await reader.ReadAsync(image, workToken);
        return new JobOutcome.Completed(ImageResult.Of(image, reading))
        {
            InTransaction = (transaction, token) => FileStore.ReleaseAsync(transaction.Transaction, file.Id, token),
        };
    }
}
