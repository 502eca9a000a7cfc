using System.Text.Json;
using Npgsql;
using Queueing;

namespace Features.Profiles;

/// <summary>Reads what is known of learners; all of it in one round trip.</summary>
internal sealed class ProfileReader(NpgsqlDataSource dataSource)
{
    private const int NewestLessons = 20;

    /// <returns>The profile; one of whom nothing is known has an empty one.</returns>
    public async Task<Profile> ReadAsync(string userId, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        Add(batch, ProfileSql.ReadLearner, userId);
        Add(batch, ProfileSql.ReadLessons, userId, NewestLessons);
        Add(batch, ProfileSql.ReadProgress, userId);
        Add(batch, ProfileSql.ReadStats, userId);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var user = (await RowsAsync(reader, UserOf(userId), cancellationToken)).SingleOrDefault() ?? new(userId, null, null);
        await reader.NextResultAsync(cancellationToken);
        var lessons = await RowsAsync(reader, LessonOf, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var progress = await RowsAsync(reader, ProgressOf, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var stats = (await RowsAsync(reader, StatsOf, cancellationToken))[0]; // Counts are one row.
        return new(user, lessons, progress, $"/api/manifest/{Uri.EscapeDataString(userId)}", stats);
    }

    public async Task<ProfileUser> ReadUserAsync(string userId, CancellationToken cancellationToken) =>
        (await QueryAsync(ProfileSql.ReadLearner, UserOf(userId), cancellationToken, userId)).SingleOrDefault() ?? new(userId, null, null);

    public Task<List<ProfileLesson>> ReadLessonsAsync(string userId, CancellationToken cancellationToken) =>
        QueryAsync(ProfileSql.ReadLessons, LessonOf, cancellationToken, userId, NewestLessons);

    public Task<List<CourseProgress>> ReadProgressAsync(string userId, CancellationToken cancellationToken) =>
        QueryAsync(ProfileSql.ReadProgress, ProgressOf, cancellationToken, userId);

    /// <returns>The lesson as JSON, or null.</returns>
    public async Task<JsonElement?> FindLessonAsync(string userId, Guid jobId, CancellationToken cancellationToken) =>
        await QueryAsync(ProfileSql.ReadLesson, row => JsonElement.Parse(row.GetString(0)), cancellationToken, userId, jobId) is [var lesson] ? lesson : null;

    /// <returns>The lessons and the courses that were begun.</returns>
    public async Task<Manifest> ReadManifestAsync(string userId, CancellationToken cancellationToken)
    {
        var profile = await ReadAsync(userId, cancellationToken);
        return new(
        [
            .. profile.Lessons.Select(lesson => new ManifestItem("lesson", lesson.Title, $"/api/lessons/{Uri.EscapeDataString(userId)}/{lesson.JobId}")),
            .. profile.Progress.Select(course => new ManifestItem("course", course.Title, $"/api/courses/{course.CourseId}")),
        ]);
    }

    public Task SaveUserAsync(string userId, string name, CancellationToken cancellationToken) =>
        ExecuteAsync(ProfileSql.SaveLearner, cancellationToken, userId, name);

    /// <returns>False where there is no such topic.</returns>
    public async Task<bool> TrySaveProgressAsync(string userId, Guid topicId, int percent, CancellationToken cancellationToken) =>
        await ExecuteAsync(ProfileSql.SaveProgress, cancellationToken, userId, topicId, percent) == 1;

    private static Func<NpgsqlDataReader, ProfileUser> UserOf(string userId) =>
        row => new(userId, row.GetString(0), row.GetFieldValue<DateTimeOffset>(1));

    private static ProfileLesson LessonOf(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4));

    private static CourseProgress ProgressOf(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetInt32(2), JsonSerializer.Deserialize<TopicProgress[]>(row.GetString(3), JobJson.Options)!); // The statement makes an array.

    private static ProfileStats StatsOf(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    private static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        batch.BatchCommands.Add(command);
    }

    private async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        await using var batch = dataSource.CreateBatch();
        Add(batch, sql, values);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await RowsAsync(reader, read, cancellationToken);
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var batch = dataSource.CreateBatch();
        Add(batch, sql, values);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
