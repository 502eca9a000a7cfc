using System.Text;
using Features.Assessments;
using Features.Assistants;
using Features.Documents;
using Features.Files;
using Features.Flashcards;
using Features.Lessons;
using Features.PdfFlashcards;
using Features.Persona;
using Features.Profiles;
using Features.SampleCourses;
using Features.Tutor;
using Features.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Providers;
using Queueing;

namespace Features.Tests;

/// <summary>A worker with every feature, in Development.</summary>
internal sealed class FeatureWorker : IAsyncDisposable
{
    private readonly IHost host;

    private FeatureWorker(IHost host) => this.host = host;

    public JobControl Control => host.Services.GetRequiredService<JobControl>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FeatureWorker> StartAsync(string database, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = Environments.Development });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.Configuration["JobWorker:PollInterval"] = "00:00:00.020";
        builder.Configuration["Documents:Reading:Program"] = WorkerProgram.Path;
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddJobQueue("jobs");
        builder.AddJobWorker();
        builder.AddChat();
        builder.AddEmbeddings();
        builder.AddDocumentReading();
        builder.AddFlashcards();
        builder.AddPdfFlashcards();
        builder.AddAssistants();
        builder.AddAssessments();
        builder.AddLessons();
        builder.AddTutor();
        builder.AddPersonas();
        builder.AddProfileTables();
        builder.AddSamples();
        builder.AddWebhooks();
        var worker = new FeatureWorker(builder.Build());
        await worker.host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await worker.host.StartAsync();
        return worker;
    }

    public T Get<T>()
        where T : notnull
        => host.Services.GetRequiredService<T>();

    /// <summary>Adds a document of Markdown, whose chapters are its pages, and has it read.</summary>
    /// <returns>The document's id and its file's.</returns>
    public async Task<(Guid DocumentId, Guid FileId)> AddDocumentAsync(string markdown, Guid? courseId = null, string owner = "test")
    {
        var (documentId, fileId) = await AddUnreadAsync(Encoding.UTF8.GetBytes(markdown), DocumentReader.MarkdownType, courseId, owner);
        var document = await Get<DocumentStore>().FindAsync(documentId, Cancellation);
        var read = await EndOfAsync(document!.JobId!.Value);
        Assert.True(read.Status == JobState.Completed, read.Error?.Message);
        return (documentId, fileId);
    }

    /// <summary>Adds a document whose job may not be done yet.</summary>
    /// <returns>The document's id and its file's.</returns>
    public async Task<(Guid DocumentId, Guid FileId)> AddUnreadAsync(byte[] bytes, string mediaType, Guid? courseId = null, string owner = "test")
    {
        var file = await Get<FileStore>().SaveAsync(owner, "test", mediaType, new MemoryStream(bytes), 50 << 20, Cancellation);
        var documentId = Guid.CreateVersion7();
        await using var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var job = await Get<JobQueue>().EnqueueAsync(transaction, new IngestPdf(documentId, file.Sha256), owner, cancellationToken: Cancellation);
        await DocumentStore.InsertAsync(transaction, documentId, owner, courseId, "A document", file.Id, job.JobId, Cancellation);
        await FileStore.KeepAsync(transaction, file.Id, Cancellation);
        await transaction.CommitAsync(Cancellation);
        return (documentId, file.Id);
    }

    public async Task<Guid> EnqueueAsync<TArgs>(TArgs args, EnqueueOptions? options = null, string owner = "test")
        where TArgs : class
        => (await host.Services.GetRequiredService<JobQueue>().EnqueueAsync(args, owner, options, Cancellation)).JobId;

    public async Task<JobStatus> StatusAsync(Guid jobId) =>
        await host.Services.GetRequiredService<JobReader>().FindAsync(jobId, Cancellation) ?? throw new InvalidOperationException("No such job.");

    public Task<JobStatus> EndOfAsync(Guid jobId) => Eventually.NotNullAsync(async () =>
        await StatusAsync(jobId) is { IsFinal: true } status ? status : null, $"job {jobId} ends");

    /// <returns>The jobs of a type, oldest first.</returns>
    public async Task<IReadOnlyList<JobStatus>> OfTypeAsync(string type) =>
        [.. (await host.Services.GetRequiredService<JobReader>().ListAsync(new(Type: type), null, 100, Cancellation)).Reverse()];

    public Task<IReadOnlyList<JobFailure>> FailuresAsync(Guid jobId) => host.Services.GetRequiredService<JobReader>().FindFailuresAsync(jobId, Cancellation);

    /// <summary>Lets what waits for a later attempt have it now.</summary>
    public async Task MakeDueAsync()
    {
        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("update job_ready set run_at = now() where delayed");
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
