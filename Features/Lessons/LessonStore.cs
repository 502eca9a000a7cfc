using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Queueing;

namespace Features.Lessons;

/// <summary>The rows of lessons that were made.</summary>
internal static class LessonStore
{
    /// <summary>Keeps a lesson for its learner, if and when the transaction is committed.</summary>
    public static async Task SaveAsync(
        NpgsqlTransaction transaction, Guid jobId, string learnerId, GenerateLesson args, Lesson lesson, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LessonSql.SaveLesson, transaction.Connection, transaction);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = jobId },
            new() { Value = learnerId },
            new() { Value = Storable(lesson.Title) },
            new() { Value = args.Subject },
            new() { Value = args.Topic },
            new() { Value = Storable(JsonSerializer.Serialize(lesson, JobJson.Options)), NpgsqlDbType = NpgsqlDbType.Jsonb },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // A model may write the character NUL, which PostgreSQL keeps in no text.
    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal).Replace("\\u0000", "", StringComparison.Ordinal);
}
