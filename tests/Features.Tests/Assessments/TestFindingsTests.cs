using Features.Assessments;

namespace Features.Tests.Assessments;

public sealed class TestFindingsTests
{
    private static readonly TestTopic Classes = new(Guid.NewGuid(), "Classes", "What classes are.", 1);
    private static readonly TestTopic Objects = new(Guid.NewGuid(), "Objects", "What objects are.", 2);
    private static readonly TestTopic Interfaces = new(Guid.NewGuid(), "Interfaces", "What interfaces are.", 3);

    [Fact]
    public void A_topic_is_a_strength_from_four_of_five_and_weak_below_three_of_five()
    {
        var (test, answers) = TestOf((Classes, 4, 5), (Objects, 3, 5), (Interfaces, 2, 5));

        var findings = TestFindings.Of(test, answers);

        Assert.Equal((9, 15), (findings.Score, findings.MaxScore));
        Assert.Equal(["Classes"], findings.Strengths.Select(topic => topic.Topic));
        Assert.Equal(["Interfaces"], findings.WeakTopics.Select(topic => topic.Topic));
        Assert.Equal(["Interfaces"], findings.Next.Select(topic => topic.Topic));
        Assert.Equal((2, 5, 3), (findings.WeakTopics[0].Correct, findings.WeakTopics[0].Asked, findings.WeakTopics[0].Missed.Count));
    }

    [Fact]
    public void The_weakest_topic_comes_next_first()
    {
        var (test, answers) = TestOf((Classes, 2, 4), (Objects, 0, 4), (Interfaces, 1, 4));

        Assert.Equal(["Objects", "Interfaces", "Classes"], TestFindings.Of(test, answers).Next.Select(topic => topic.Topic));
    }

    [Fact]
    public void Where_nothing_is_weak_what_was_missed_comes_next()
    {
        var (test, answers) = TestOf((Classes, 5, 5), (Objects, 4, 5), (Interfaces, 3, 5));

        Assert.Equal(["Interfaces", "Objects"], TestFindings.Of(test, answers).Next.Select(topic => topic.Topic));
    }

    [Fact]
    public void Who_has_all_of_it_right_has_nothing_to_study()
    {
        var (test, answers) = TestOf((Classes, 2, 2), (Objects, 1, 1));

        var findings = TestFindings.Of(test, answers);

        Assert.Empty(findings.WeakTopics);
        Assert.Empty(findings.Next);
        Assert.Equal(findings.MaxScore, findings.Score);
    }

    [Fact]
    public void A_question_without_an_answer_is_not_right()
    {
        var (test, _) = TestOf((Classes, 2, 2));

        Assert.Equal(0, TestFindings.Of(test, []).Score);
    }

    private static (Test Test, IReadOnlyList<GivenAnswer> Answers) TestOf(params (TestTopic Topic, int Right, int Asked)[] topics)
    {
        var questions = new List<TestQuestion>();
        var answers = new List<GivenAnswer>();
        foreach (var (topic, right, asked) in topics)
        {
            for (var number = 0; number < asked; number++)
            {
                var question = new TestQuestion(Guid.NewGuid(), $"{topic.Title} {number}?", ["yes", "no"], "yes", topic);
                questions.Add(question);
                answers.Add(new(question.Id, number < right ? "yes" : "no"));
            }
        }

        return (new(Guid.NewGuid(), "A test", Guid.NewGuid(), questions), answers);
    }
}
