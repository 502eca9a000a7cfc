using System.Text;
using Features.Documents;
using Npgsql;
using Queueing;

namespace Features.Tests.Documents;

/// <summary>What becomes of an uploaded document.</summary>
public sealed class IngestionTests(FeatureHost features)
{
    private const string Text = "# A book\n\n## One\n\nOsmosis is the diffusion of water across a membrane.\n\n## Two\n\nLungs are organs that take in air.\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_goes_from_pending_by_processing_to_completed_and_its_job_tells_how_far_it_is()
    {
        await using var worker = await features.StartWorkerAsync([]);
        await worker.Control.PauseAsync("pdf-ingestion", Cancellation);
        var (documentId, _) = await worker.AddUnreadAsync(Encoding.UTF8.GetBytes(Text), DocumentReader.MarkdownType);
        var pending = await FindAsync(worker, documentId);

        await worker.Control.ResumeAsync("pdf-ingestion", Cancellation);
        var job = await worker.EndOfAsync(pending.JobId!.Value);
        var completed = await FindAsync(worker, documentId);

        Assert.Equal((DocumentStatus.Pending, DocumentStatus.Completed), (pending.Status, completed.Status));
        Assert.Equal((2, 1, 100), (completed.Pages!.Value, completed.Pieces!.Value, job.Progress));
    }

    [Fact]
    public async Task Read_again_it_has_one_set_of_pages_and_pieces()
    {
        await using var worker = await features.StartWorkerAsync([]);
        var (documentId, _) = await worker.AddDocumentAsync(Text);

        Assert.Equal(JobState.Completed, (await worker.EndOfAsync(await worker.EnqueueAsync(new IngestPdf(documentId, "")))).Status);

        Assert.Equal((2L, 1L), (await CountAsync(worker, "document_page"), await CountAsync(worker, "document_piece")));
    }

    [Fact]
    public async Task One_that_can_not_be_read_fails_at_once_and_both_say_why()
    {
        await using var worker = await features.StartWorkerAsync([]);
        var (documentId, _) = await worker.AddUnreadAsync("%PDF-1.7 and nothing more"u8.ToArray(), "application/pdf");

        var job = await worker.EndOfAsync((await FindAsync(worker, documentId)).JobId!.Value);
        var document = await FindAsync(worker, documentId);

        Assert.Equal((JobState.Failed, 1, "damaged"), (job.Status, job.Attempt, job.Error!.Type));
        Assert.Equal((DocumentStatus.Failed, new DocumentError("damaged", job.Error.Message)), (document.Status, document.Error));
    }

    [Fact]
    public async Task One_whose_job_is_called_off_has_failed()
    {
        await using var worker = await features.StartWorkerAsync([]);
        await worker.Control.PauseAsync("pdf-ingestion", Cancellation);
        var (documentId, _) = await worker.AddUnreadAsync(Encoding.UTF8.GetBytes(Text), DocumentReader.MarkdownType);

        await worker.Control.CancelAsync((await FindAsync(worker, documentId)).JobId!.Value, Cancellation);

        Assert.Equal((DocumentStatus.Failed, "cancelled"), ((await FindAsync(worker, documentId)).Status, (await FindAsync(worker, documentId)).Error!.Type));
    }

    [Fact]
    public async Task One_whose_program_is_not_there_has_failed_when_no_attempt_is_left()
    {
        await using var worker = await features.StartWorkerAsync(new() { ["Documents:Reading:Program"] = "/nowhere/worker" });
        var (documentId, _) = await worker.AddUnreadAsync("%PDF-1.7"u8.ToArray(), "application/pdf");
        var jobId = (await FindAsync(worker, documentId)).JobId!.Value;

        for (var attempt = 1; attempt < 3; attempt++)
        {
            await Eventually.TrueAsync(async () => (await worker.FailuresAsync(jobId)).Count >= attempt);
            await worker.MakeDueAsync();
        }

        await worker.EndOfAsync(jobId);
        Assert.Equal(DocumentStatus.Failed, (await FindAsync(worker, documentId)).Status);
    }

    [Fact]
    public async Task One_that_failed_is_completed_when_its_job_is_let_run_again_and_succeeds()
    {
        await using var worker = await features.StartWorkerAsync([]);
        await worker.Control.PauseAsync("pdf-ingestion", Cancellation);
        var (documentId, _) = await worker.AddUnreadAsync(Encoding.UTF8.GetBytes(Text), DocumentReader.MarkdownType);
        var jobId = (await FindAsync(worker, documentId)).JobId!.Value;
        await worker.Control.CancelAsync(jobId, Cancellation);

        await worker.Control.TryRedriveAsync(jobId, Cancellation);
        await worker.Control.ResumeAsync("pdf-ingestion", Cancellation);
        await worker.EndOfAsync(jobId);

        Assert.Equal(DocumentStatus.Completed, (await FindAsync(worker, documentId)).Status);
    }

    private static async Task<Document> FindAsync(FeatureWorker worker, Guid documentId) =>
        (await worker.Get<DocumentStore>().FindAsync(documentId, Cancellation))!; // The test has added it.

    private static async Task<long> CountAsync(FeatureWorker worker, string table)
    {
        await using var command = worker.Get<NpgsqlDataSource>().CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!; // A count is there.
    }
}
