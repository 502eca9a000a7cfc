using Npgsql;
using NpgsqlTypes;

namespace Features.Courses;

/// <summary>Questions that were answered beforehand, of a course or of the landing page.</summary>
internal sealed class Suggestions(NpgsqlDataSource dataSource)
{
    /// <returns>The answer, or null where the question is another.</returns>
    public async Task<string?> FindAnswerAsync(Guid? courseId, string question, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CourseSql.FindSuggestion);
        Add(command, courseId);
        command.Parameters.Add(new() { Value = question });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <returns>The questions, in order.</returns>
    public async Task<IReadOnlyList<string>> ListAsync(Guid? courseId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CourseSql.ListSuggestions);
        Add(command, courseId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var questions = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            questions.Add(reader.GetString(0));
        }

        return questions;
    }

    private static void Add(NpgsqlCommand command, Guid? courseId) =>
        command.Parameters.Add(new() { Value = (object?)courseId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
}
