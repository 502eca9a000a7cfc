using System.Security.Claims;
using Features.Courses;
using Features.Documents.Reading;
using Features.Documents.Search;
using Features.Files;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Documents;

/// <summary>PDFs that questions are asked of.</summary>
public static class DocumentEndpoints
{
    private const int LongestTitle = 200;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds the job type "pdf-ingestion" and its tables. Needs the queue; a worker needs <see cref="AddDocumentReading"/> too. May be called
        /// again.
        /// </summary>
        public void AddDocuments()
        {
            if (builder.Services.Any(service => service.ServiceType == typeof(DocumentStore)))
            {
                return;
            }

            builder.AddFiles();
            builder.AddCourses();
            builder.AddDocumentTables();
            builder.Services.AddSingleton<DocumentStore>();
            builder.AddJob<IngestPdf, DocumentIngester>("pdf-ingestion", options =>
            {
                options.Queue = "pdf-ingestion";
                options.IsInternal = true; // Whose document it is, the upload has judged.
                options.MaxAttempts = 3;
                options.Timeout = TimeSpan.FromMinutes(10);
                options.Backoff = Backoff.Exponential(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
            });
        }

        /// <summary>Adds what a worker needs to read documents, and to find what is in them. Needs vectors (<c>AddEmbeddings</c>).</summary>
        public void AddDocumentReading()
        {
            builder.AddPdfReading();
            builder.AddPieceSearch();
            builder.Services.AddSingleton<DocumentReader>();
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/uploads</c> and <c>GET /api/documents/{documentId}</c>.</summary>
        public void MapDocuments()
        {
            var documents = routes.MapGroup("/api").WithTags("Documents");
            documents.MapPost("/uploads", UploadAsync)
                .Accepts<DocumentForm>("multipart/form-data")
                .WithMetadata(new RequestSizeLimitAttribute(PdfFiles.Kind.MostOfRequest))
                .Produces<UploadReceipt>(StatusCodes.Status202Accepted);
            documents.MapGet("/documents/{documentId:guid}", GetAsync);
        }
    }

    private static async Task<JobAnswer> UploadAsync(
        HttpContext context, EnqueueRequest request, Uploads uploads, FileStore files, CourseCatalogue courses, DocumentStore documents, CancellationToken cancellationToken)
    {
        if (request.BadParameters is { } bad)
        {
            return bad;
        }

        var (form, refusal) = await uploads.ReadAsync(context.Request, request.Owner, PdfFiles.Kind, cancellationToken);
        if (form is null)
        {
            return refusal!; // One of the two is there.
        }

        var isKept = false;
        try
        {
            var (about, wrong) = await JudgeAsync(form, context.User, courses, cancellationToken);
            if (wrong is not null)
            {
                return wrong;
            }

            var documentId = RepeatableId.Of(request, "document");
            return await request.AcceptAsync(
                new IngestPdf(documentId, form.File.Sha256),
                async (transaction, jobId) =>
                {
                    await DocumentStore.InsertAsync(transaction, documentId, request.Owner, about.CourseId, about.Title, form.File.Id, jobId, CancellationToken.None);
                    await FileStore.KeepAsync(transaction, form.File.Id, CancellationToken.None);
                    isKept = true;
                },
                async (job, receipt) =>
                {
                    var pdfId = job.Replayed ? (await documents.FindAsync(documentId, CancellationToken.None))?.FileId : form.File.Id;
                    return new UploadReceipt(receipt, documentId, pdfId ?? Guid.Empty);
                });
        }
        finally
        {
            if (!isKept)
            {
                await files.DiscardAsync(form.File.Id);
            }
        }
    }

    private static async Task<((string Title, Guid? CourseId) About, JobAnswer? Wrong)> JudgeAsync(
        UploadedForm form, ClaimsPrincipal caller, CourseCatalogue courses, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var title = form["title"] ?? Path.GetFileNameWithoutExtension(form.File.Name);
        if (title.Length is 0 or > LongestTitle || !PlainTextAttribute.IsPlain(title))
        {
            errors["title"] = [$"Expected 1 to {LongestTitle} characters, or a file with a name."];
        }

        Guid? courseId = null;
        if (form["courseId"] is { } asked)
        {
            if (!caller.IsAdministrator)
            {
                return (default, TypedResults.Problem("Only an administrator adds to a course's material.", statusCode: StatusCodes.Status403Forbidden));
            }

            courseId = Guid.TryParse(asked, out var id) && await courses.FindAsync(id, cancellationToken) is not null ? id : null;
            if (courseId is null)
            {
                errors["courseId"] = ["Expected the id of a course."];
            }
        }

        JobAnswer? wrong = errors.Count > 0 ? (JobAnswer)TypedResults.ValidationProblem(errors) : null;
        return ((title, courseId), wrong);
    }

    private static async Task<Results<Ok<DocumentView>, NotFound>> GetAsync(
        Guid documentId, ClaimsPrincipal caller, DocumentStore documents, CancellationToken cancellationToken) =>
        // A document of somebody else doesn't exist for the caller.
        await documents.FindAsync(documentId, cancellationToken) is { } document && caller.MaySee(document.Owner)
            ? TypedResults.Ok(new DocumentView(
                document.Id, document.FileId, document.CourseId, document.Title, document.Status, document.Error, document.Pages, document.Pieces,
                document.JobId, document.CreatedAt, document.UpdatedAt))
            : TypedResults.NotFound();
}

/// <summary>What a client posts.</summary>
/// <param name="File">A PDF, at most 50 MiB.</param>
/// <param name="Title">What it is called; the file's name if null.</param>
/// <param name="CourseId">The course whose material it is to be; an administrator's.</param>
public sealed record DocumentForm(IFormFile File, string? Title = null, Guid? CourseId = null);
