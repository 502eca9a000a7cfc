using Features.Documents.Pieces;
using Features.Documents.Reading;
using Features.Documents.Search;
using Features.Files;
using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Documents;

/// <summary>Reads a document's text, cuts it into pieces and keeps them with their vectors, in place of those of an earlier attempt.</summary>
internal sealed class DocumentIngester(
    DocumentStore documents, FileStore files, DocumentReader reader, IEmbeddingGenerator<string, Embedding<float>> embeddings) : IJobHandler<IngestPdf>
{
    private const int EmbeddedAtOnce = 64;

    public async Task<JobOutcome> HandleAsync(IngestPdf args, JobContext context, CancellationToken workToken)
    {
        await context.ReportProgressAsync(10, "fetching the file", workToken);
        if (await documents.FindAsync(args.DocumentId, workToken) is not { FileId: { } fileId } || await files.FindAsync(fileId, workToken) is not { } file)
        {
            return new JobOutcome.Failed("document-gone", "The document is not kept any more.");
        }

        await documents.BeginAsync(args.DocumentId, workToken);
        await context.ReportProgressAsync(30, "reading the text", workToken);
        IReadOnlyList<PdfPage> pages;
        try
        {
            pages = await reader.ReadAsync(file, workToken);
        }
        catch (PdfRefusedException refused)
        {
            var error = new DocumentError(refused.Type, refused.Message);
            return new JobOutcome.Failed(error.Type, error.Message)
            {
                InTransaction = (record, token) => DocumentStore.FailAsync(record.Transaction, args.DocumentId, error, token),
            };
        }

        await context.ReportProgressAsync(50, $"{pages.Count} pages read", workToken);
        var pieces = PieceCutter.Cut(pages);
        await context.ReportProgressAsync(60, $"{pieces.Count} pieces", workToken);
        await context.ReportProgressAsync(70, "making vectors", workToken);
        var (vectors, model) = await EmbedAsync(pieces, workToken);
        await context.ReportProgressAsync(95, "keeping them", workToken);
        return new JobOutcome.Completed(new IngestionResult(args.DocumentId, pages.Count, pieces.Count))
        {
            InTransaction = async (record, token) =>
            {
                if (await PieceStore.ReplaceAsync(record.Transaction, args.DocumentId, model, pieces, vectors, token))
                {
                    await DocumentStore.CompleteAsync(record.Transaction, args.DocumentId, pages, pieces.Count, token);
                }
            },
        };
    }

    private async Task<(List<ReadOnlyMemory<float>> Vectors, string Model)> EmbedAsync(IReadOnlyList<Piece> pieces, CancellationToken cancellationToken)
    {
        var vectors = new List<ReadOnlyMemory<float>>(pieces.Count);
        foreach (var batch in pieces.Chunk(EmbeddedAtOnce))
        {
            var made = await embeddings.GenerateAsync(batch.Select(piece => piece.Text), cancellationToken: cancellationToken);
            vectors.AddRange(made.Select(embedding => embedding.Vector));
        }

        return (vectors, embeddings.ModelId);
    }
}
