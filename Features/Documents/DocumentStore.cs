using Features.Documents.Reading;
using Npgsql;
using Queueing;

namespace Features.Documents;

/// <summary>The rows of documents and of their pages.</summary>
internal sealed class DocumentStore(NpgsqlDataSource dataSource, JobReader jobs)
{
    public static Task InsertAsync(
        NpgsqlTransaction transaction, Guid id, string owner, Guid? courseId, string title, Guid fileId, Guid jobId, CancellationToken cancellationToken) =>
        ExecuteAsync(
            transaction, DocumentSql.InsertDocument, cancellationToken, id, owner, (object?)courseId ?? DBNull.Value, title, fileId, jobId);

    /// <returns>The document, or null.</returns>
    public Task<Document?> FindAsync(Guid id, CancellationToken cancellationToken) => ReadAsync(DocumentSql.FindDocument, id, cancellationToken);

    /// <returns>The document that is made of a file, or null.</returns>
    public Task<Document?> FindOfFileAsync(Guid fileId, CancellationToken cancellationToken) =>
        ReadAsync(DocumentSql.FindDocumentOfFile, fileId, cancellationToken);

    /// <summary>Says that a document is being read.</summary>
    public async Task BeginAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DocumentSql.BeginDocument);
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Replaces a document's pages and says that it is done, if and when the transaction is committed.</summary>
    public static async Task CompleteAsync(
        NpgsqlTransaction transaction, Guid id, IReadOnlyList<PdfPage> pages, int pieces, CancellationToken cancellationToken)
    {
        await ExecuteAsync(transaction, DocumentSql.DeletePages, cancellationToken, id);
        await ExecuteAsync(
            transaction, DocumentSql.InsertPages, cancellationToken, id, pages.Select(page => page.Number).ToArray(), pages.Select(page => page.Text).ToArray());
        await ExecuteAsync(transaction, DocumentSql.CompleteDocument, cancellationToken, id, pages.Count, pieces);
    }

    /// <summary>Says that a document can't be used, if and when the transaction is committed.</summary>
    public static Task FailAsync(NpgsqlTransaction transaction, Guid id, DocumentError error, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, DocumentSql.FailDocument, cancellationToken, id, error.Type, error.Message);

    /// <returns>A document's pages, in order.</returns>
    public async Task<IReadOnlyList<PdfPage>> ReadPagesAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DocumentSql.ReadPages);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var pages = new List<PdfPage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            pages.Add(new(reader.GetInt32(0), reader.GetString(1)));
        }

        return pages;
    }

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<Document?> ReadAsync(string sql, Guid id, CancellationToken cancellationToken) =>
        await ReadRowAsync(sql, id, cancellationToken) is { } document ? await JudgeAsync(document, cancellationToken) : null;

    // A job can end without its handler: out of attempts, with its workers, or called off. Then the document has what the job has.
    private async Task<Document> JudgeAsync(Document document, CancellationToken cancellationToken)
    {
        if (document.Status is DocumentStatus.Completed or DocumentStatus.Failed)
        {
            return document;
        }

        var job = document.JobId is { } jobId ? await jobs.FindAsync(jobId, cancellationToken) : null;
        return job switch
        {
            null => document with { Status = DocumentStatus.Failed, Error = new("job-gone", "The job that reads the document is not kept any more.") },
            { Status: JobState.Cancelled } => document with { Status = DocumentStatus.Failed, Error = new("cancelled", "The job that reads the document was cancelled.") },
            { Status: JobState.Failed, Error: { } error } => document with { Status = DocumentStatus.Failed, Error = new(error.Type, error.Message) },
            _ => document,
        };
    }

    private async Task<Document?> ReadRowAsync(string sql, Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                Id: reader.GetGuid(0),
                Owner: reader.GetString(1),
                CourseId: reader.IsDBNull(2) ? null : reader.GetGuid(2),
                Title: reader.GetString(3),
                FileId: reader.IsDBNull(4) ? null : reader.GetGuid(4),
                Status: reader.GetString(5),
                Error: reader.IsDBNull(6) ? null : new(reader.GetString(6), reader.GetString(7)),
                Pages: reader.IsDBNull(8) ? null : reader.GetInt32(8),
                Pieces: reader.IsDBNull(9) ? null : reader.GetInt32(9),
                JobId: reader.IsDBNull(10) ? null : reader.GetGuid(10),
                CreatedAt: reader.GetFieldValue<DateTimeOffset>(11),
                UpdatedAt: reader.GetFieldValue<DateTimeOffset>(12))
            : null;
    }
}
