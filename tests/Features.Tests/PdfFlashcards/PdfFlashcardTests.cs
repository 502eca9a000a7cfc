using System.Text;
using System.Text.Json;
using Features.Files;
using Features.PdfFlashcards;
using Npgsql;
using ProviderSimulator;
using ProviderSimulator.Scripts;
using Queueing;

namespace Features.Tests.PdfFlashcards;

/// <summary>Cards of a whole document, by a model that fails in part: the simulator.</summary>
public sealed class PdfFlashcardTests(FeatureHost features)
{
    private static readonly string[] Organs = ["heart", "liver", "spleen", "kidney"];

    private static int Parts => Organs.Length;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cards_come_from_all_parts_of_a_document_with_the_pages_they_are_on()
    {
        await using var worker = await features.StartWorkerAsync([]);
        var (_, fileId) = await worker.AddDocumentAsync(Chapters());

        var status = await AskAsync(worker, fileId, count: 8);

        Assert.True(status.Status == JobState.Completed, status.Error?.Message);
        Assert.Equal(Parts, status.Result!.Value.GetProperty("sections").GetInt32());
        Assert.Empty(status.Result.Value.GetProperty("failedSections").EnumerateArray());
        var cards = status.Result.Value.GetProperty("flashcards").EnumerateArray().ToList();
        Assert.InRange(cards.Count, Parts, 8);
        Assert.All(cards, card => Assert.Contains(
            Organs[card.GetProperty("page").GetInt32() - 1], card.GetProperty("source").GetString()!, StringComparison.Ordinal));
        Assert.Equal(Parts, cards.Select(card => card.GetProperty("page").GetInt32()).Distinct().Count());
    }

    [Fact]
    public async Task A_part_that_fails_for_good_is_named_and_takes_nothing_from_the_others()
    {
        await using var simulator = await Simulator.StartAsync(new());
        await using var worker = await features.StartWorkerAsync(AskedOf(simulator));
        var (_, fileId) = await worker.AddDocumentAsync(Chapters());
        simulator.Script = new() { Faults = [new() { Fault = Fault.ContentPolicy, Next = 1 }] };

        var status = await AskAsync(worker, fileId);

        Assert.Equal((JobState.Completed, 1), (status.Status, status.Attempt));
        var failed = Assert.Single(status.Result!.Value.GetProperty("failedSections").EnumerateArray());
        Assert.Equal("content-refused", failed.GetProperty("error").GetString());
        Assert.Equal(failed.GetProperty("firstPage").GetInt32(), failed.GetProperty("lastPage").GetInt32());
        Assert.NotEmpty(status.Result.Value.GetProperty("flashcards").EnumerateArray());
    }

    [Fact]
    public async Task What_is_made_is_not_asked_for_again_by_a_later_attempt()
    {
        await using var simulator = await Simulator.StartAsync(new());
        await using var worker = await features.StartWorkerAsync(AskedOf(simulator));
        var (_, fileId) = await worker.AddDocumentAsync(Chapters());
        simulator.Script = new() { Faults = [new() { Fault = Fault.WrongDocument, Next = 1 }] };

        var jobId = await EnqueueAsync(worker, fileId, count: 20);
        await Eventually.TrueAsync(async () => (await worker.FailuresAsync(jobId)).Count == 1);
        await worker.MakeDueAsync();
        var status = await worker.EndOfAsync(jobId);

        Assert.Equal((JobState.Completed, 2), (status.Status, status.Attempt));
        Assert.Empty(status.Result!.Value.GetProperty("failedSections").EnumerateArray());
        Assert.Equal(Parts + 1, simulator.Record.Read().Calls.Count);
    }

    [Fact]
    public async Task When_all_parts_fail_for_good_the_job_has_failed_and_says_why()
    {
        await using var simulator = await Simulator.StartAsync(new());
        await using var worker = await features.StartWorkerAsync(AskedOf(simulator));
        var (_, fileId) = await worker.AddDocumentAsync(Chapters());
        simulator.Script = new() { Faults = [new() { Fault = Fault.ContentPolicy }] };

        var status = await AskAsync(worker, fileId);

        Assert.True((JobState.Failed, 1, "content-refused") == (status.Status, status.Attempt, status.Error!.Type), status.Error.Message);
    }

    [Fact]
    public async Task No_cards_of_parts_are_kept_once_the_job_is_done()
    {
        await using var worker = await features.StartWorkerAsync([]);
        var (_, fileId) = await worker.AddDocumentAsync(Chapters());

        await AskAsync(worker, fileId);

        await using var command = worker.Get<NpgsqlDataSource>().CreateCommand("select count(*) from card_section");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Cards_that_were_asked_for_before_the_document_is_read_wait_for_it()
    {
        await using var worker = await features.StartWorkerAsync([]);
        await worker.Control.PauseAsync("pdf-ingestion", Cancellation);
        var (_, fileId) = await worker.AddUnreadAsync(Encoding.UTF8.GetBytes(Chapters()), "text/markdown");
        var jobId = await EnqueueAsync(worker, fileId, count: 4);
        await Eventually.TrueAsync(async () => (await worker.StatusAsync(jobId)).Status == JobState.Delayed);

        await worker.Control.ResumeAsync("pdf-ingestion", Cancellation);
        var status = await worker.EndOfAsync(jobId);

        Assert.Equal((JobState.Completed, 1), (status.Status, status.Attempt));
    }

    [Fact]
    public async Task Of_a_document_that_can_not_be_read_there_are_no_cards()
    {
        await using var worker = await features.StartWorkerAsync([]);
        var (_, fileId) = await worker.AddUnreadAsync("%PDF-1.4 and nothing more"u8.ToArray(), "application/pdf");

        var status = await AskAsync(worker, fileId);

        Assert.Equal((JobState.Failed, "damaged"), (status.Status, status.Error!.Type));
    }

    [Fact]
    public async Task Of_no_document_there_are_no_cards()
    {
        await using var worker = await features.StartWorkerAsync([]);

        Assert.Equal("document-gone", (await AskAsync(worker, Guid.NewGuid())).Error!.Type);
    }

    private static async Task<JobStatus> AskAsync(FeatureWorker worker, Guid fileId, int count = 20) =>
        await worker.EndOfAsync(await EnqueueAsync(worker, fileId, count));

    private static async Task<Guid> EnqueueAsync(FeatureWorker worker, Guid fileId, int count)
    {
        var sessionId = Guid.CreateVersion7();
        await using var connection = await worker.Get<NpgsqlDataSource>().OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var job = await worker.Get<JobQueue>().EnqueueAsync(
            transaction, new GeneratePdfFlashcards(sessionId, fileId, null, count), "test", cancellationToken: Cancellation);
        await CardSessions.InsertAsync(transaction, sessionId, fileId, "test", null, job.JobId, Cancellation);
        await transaction.CommitAsync(Cancellation);
        return job.JobId;
    }

    private static Dictionary<string, string?> AskedOf(Simulator simulator) => new()
    {
        ["Chat:Chain:0"] = "openai",
        ["Providers:OpenAI:Endpoint"] = simulator.OpenAI.ToString(),
        ["Providers:OpenAI:Model"] = "any",
        ["Guard:openai:Retry:MaxRetries"] = "0",
    };

    /// <summary>Chapters of which each is a part of its own, on an organ of its own.</summary>
    private static string Chapters()
    {
        var text = new StringBuilder("# A book\n\n");
        foreach (var organ in Organs)
        {
            text.Append("## Chapter\n\n");
            var end = text.Length + 11_000;
            for (var sentence = 0; text.Length < end; sentence++)
            {
                text.Append(sentence % 10 == 0
                    ? $"The {organ} is an organ that keeps the body alive in its own way, number {sentence}.\n\n"
                    : $"Doctors have looked at the {organ} for many years and wrote about it in book {sentence}.\n\n");
            }
        }

        return text.ToString();
    }
}
