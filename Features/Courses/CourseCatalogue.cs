using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Queueing;

namespace Features.Courses;

/// <summary>Reads courses.</summary>
internal sealed class CourseCatalogue(NpgsqlDataSource dataSource)
{
    /// <returns>All courses, in the order of the catalogue.</returns>
    public Task<IReadOnlyList<Course>> ListAsync(CancellationToken cancellationToken) => ReadAsync(null, cancellationToken);

    /// <returns>The course, or null.</returns>
    public async Task<Course?> FindAsync(Guid courseId, CancellationToken cancellationToken) =>
        (await ReadAsync(courseId, cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<Course>> ReadAsync(Guid? courseId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CourseSql.ReadCourses);
        command.Parameters.Add(new() { Value = (object?)courseId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var courses = new List<Course>();
        while (await reader.ReadAsync(cancellationToken))
        {
            courses.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4),
                JsonSerializer.Deserialize<Topic[]>(reader.GetString(5), JobJson.Options)!)); // The statement makes an array.
        }

        return courses;
    }
}
