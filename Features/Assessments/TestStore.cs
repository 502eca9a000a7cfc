using Npgsql;

namespace Features.Assessments;

/// <summary>The rows of tests and of the answers that learners gave.</summary>
internal sealed class TestStore(NpgsqlDataSource dataSource)
{
    /// <returns>The test, or null for one that isn't there or has no question.</returns>
    public async Task<Test?> FindAsync(Guid testId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AssessmentSql.ReadTest);
        command.Parameters.Add(new() { Value = testId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (title, courseId) = ("", Guid.Empty);
        var questions = new List<TestQuestion>();
        while (await reader.ReadAsync(cancellationToken))
        {
            (title, courseId) = (reader.GetString(0), reader.GetGuid(1));
            questions.Add(new(
                reader.GetGuid(2), reader.GetString(3), reader.GetFieldValue<string[]>(4), reader.GetString(5),
                new(reader.GetGuid(6), reader.GetString(7), reader.GetString(8), reader.GetInt32(9))));
        }

        return questions is [] ? null : new(testId, title, courseId, questions);
    }

    /// <returns>What a learner answered last to each question.</returns>
    public async Task<IReadOnlyList<GivenAnswer>> ReadAnswersAsync(Guid testId, string learnerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AssessmentSql.ReadAnswers);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = testId }, new() { Value = learnerId } });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var answers = new List<GivenAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            answers.Add(new(reader.GetGuid(0), reader.GetString(1)));
        }

        return answers;
    }

    /// <summary>Keeps a learner's answers in place of earlier ones, if and when the transaction is committed.</summary>
    public static async Task SaveAnswersAsync(
        NpgsqlTransaction transaction, string learnerId, IReadOnlyList<GivenAnswer> answers, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(AssessmentSql.SaveAnswers, transaction.Connection, transaction);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = learnerId },
            new() { Value = answers.Select(answer => answer.QuestionId!.Value).ToArray() }, // Required.
            new() { Value = answers.Select(answer => answer.Answer).ToArray() },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
