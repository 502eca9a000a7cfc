using System.Text;
using System.Text.Json;
using Features.Documents;
using Features.Files;
using Npgsql;
using NpgsqlTypes;
using Queueing;

namespace Features.SampleCourses;

/// <summary>Two courses with their material, tests and a learner, so that there is something to ask on the first run.</summary>
public sealed class SampleData
{
    private const string Owner = "samples";
    private const int LongestMaterial = 1 << 20; // Bytes.

    private readonly NpgsqlDataSource dataSource;
    private readonly DocumentStore documents;
    private readonly FileStore files;
    private readonly JobQueue jobs;

    internal SampleData(NpgsqlDataSource dataSource, DocumentStore documents, FileStore files, JobQueue jobs) =>
        (this.dataSource, this.documents, this.files, this.jobs) = (dataSource, documents, files, jobs);

    /// <summary>Adds what isn't there. The courses' material is read by the workers, as any other is.</summary>
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        var samples = Statements.Read("SampleCourses/samples.json");
        await using (var command = dataSource.CreateCommand(SampleSql.InsertSamples))
        {
            command.Parameters.Add(new() { Value = samples, NpgsqlDbType = NpgsqlDbType.Jsonb });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var course in JsonSerializer.Deserialize<Catalogue>(samples, JsonSerializerOptions.Web)!.Courses) // The file is ours.
        {
            if (await documents.FindAsync(course.Material.Id, cancellationToken) is null)
            {
                await AddMaterialAsync(course.Id, course.Material, cancellationToken);
            }
        }
    }

    private async Task AddMaterialAsync(Guid courseId, Material material, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(Statements.Read($"SampleCourses/{material.File}")));
        var file = await files.SaveAsync(Owner, material.File, DocumentReader.MarkdownType, text, LongestMaterial, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var job = await jobs.EnqueueAsync(transaction, new IngestPdf(material.Id, file.Sha256), Owner, cancellationToken: cancellationToken);
        await DocumentStore.InsertAsync(transaction, material.Id, Owner, courseId, material.Title, file.Id, job.JobId, cancellationToken);
        await FileStore.KeepAsync(transaction, file.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        jobs.WakeWorkers<IngestPdf>();
    }

    private sealed record Catalogue(IReadOnlyList<SampleCourse> Courses);

    private sealed record SampleCourse(Guid Id, Material Material);

    private sealed record Material(Guid Id, string File, string Title);
}
