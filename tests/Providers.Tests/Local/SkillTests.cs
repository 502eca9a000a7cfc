using System.Text.Json;
using Providers.Local;
using Providers.Local.Advice;
using Providers.Local.Lessons;
using Providers.Local.Personas;
using Providers.Local.Tutoring;

namespace Providers.Tests.Local;

/// <summary>The local model's documents: from what it is given, and nothing else.</summary>
public sealed class SkillTests
{
    private const string Osmosis = "Osmosis is the diffusion of water across a membrane that holds back the dissolved substances.";

    private static readonly string Book = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "SampleCourses", "cell-biology.md"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_lesson_has_the_books_chapters_and_says_only_what_it_says()
    {
        var lesson = Answer(new LessonSkill(), Book);

        Assert.Equal("Cell Biology", lesson.GetProperty("title").GetString());
        Assert.Equal(
            ["The Cell Membrane", "The Nucleus and DNA", "Mitochondria and Energy", "Cell Division"],
            lesson.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("heading").GetString()));
        var said = Words(Book);
        Assert.All(lesson.GetProperty("sections").EnumerateArray(), section => Assert.All(
            section.GetProperty("keyPoints").EnumerateArray(), point => Assert.Contains(Words(point.GetString()!), said, StringComparison.Ordinal)));
        Assert.Contains(lesson.GetProperty("keyTerms").EnumerateArray(), term => term.GetProperty("term").GetString() == "Osmosis");
        Assert.NotEmpty(lesson.GetProperty("questions").EnumerateArray());
        Assert.Contains("thin layer of lipids", lesson.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_is_no_prose_there_is_no_lesson() =>
        Assert.Empty(Answer(new LessonSkill(), "x = 1; y = 2;").GetProperty("sections").EnumerateArray());

    [Theory]
    [InlineData("Osmosis is the diffusion of water across a membrane that holds back dissolved substances.", "says what the material says")]
    [InlineData("It is the diffusion of water.", "leaves something out")]
    [InlineData("It is a kind of sugar.", "something else")]
    [InlineData("", "no answer yet")]
    public void The_tutor_says_how_an_answer_stands_to_the_material(string studentAnswer, string diagnosis) =>
        Assert.Contains(diagnosis, Help(new { question = "What is osmosis?", studentAnswer, material = Osmosis }).GetProperty("diagnosis").GetString(), StringComparison.Ordinal);

    [Fact]
    public void The_tutors_hints_lead_to_the_passage()
    {
        var hints = Help(new { question = "What is osmosis?", studentAnswer = "It is the diffusion of water.", material = Osmosis })
            .GetProperty("hints").EnumerateArray().Select(hint => hint.GetString()!).ToList();

        Assert.Contains("membrane", hints[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Osmosis, hints[0], StringComparison.Ordinal);
        Assert.Contains(Osmosis, hints[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no material")]
    [InlineData("Lungs are organs that take in air from outside.", "doesn't say")]
    public void Without_material_on_it_the_tutor_says_so(string? material, string diagnosis) =>
        Assert.Contains(diagnosis, Help(new { question = "What is osmosis?", material }).GetProperty("diagnosis").GetString(), StringComparison.Ordinal);

    [Fact]
    public void A_persona_is_the_one_whose_description_shares_the_most_words_with_the_text()
    {
        var schema = JsonElement.Parse("""
            { "properties": { "persona": { "enum": ["reader", "maker"], "description": "reader: reads books and papers, thinks deeply\nmaker: builds things, exercises, practice" } } }
            """);

        var found = Parse(new PersonaSkill().Answer("I read many books. I also go for walks. Sometimes I build a thing.", schema, Cancellation));

        Assert.Equal("reader", found.GetProperty("persona").GetString());
        Assert.InRange(found.GetProperty("confidence").GetDouble(), 0.4, 0.7);
        Assert.Equal("I read many books.", found.GetProperty("reasons")[0].GetString());
    }

    [Fact]
    public void Of_a_text_that_says_nothing_the_persona_is_not_sure()
    {
        var schema = JsonElement.Parse("""{ "properties": { "persona": { "enum": ["reader"], "description": "reader: reads books" } } }""");

        Assert.Equal(0, Parse(new PersonaSkill().Answer("Hello.", schema, Cancellation)).GetProperty("confidence").GetDouble());
    }

    [Fact]
    public void Advice_has_the_numbers_and_names_of_the_data()
    {
        var advice = Parse(new StudyAdviceSkill().Answer(
            """
            {"test":"Check","score":3,"maxScore":6,"strengths":[{"topic":"Classes","correct":2,"asked":2}],
             "weakTopics":[{"topic":"Objects","correct":1,"asked":4,"missed":["What is state?","What is identity?","What is life?"]}],
             "next":[{"topic":"Objects","lesson":"What objects are."}]}
            """,
            default,
            Cancellation));

        Assert.Equal(
            "You have 3 of 6 right in \"Check\". You are strong in Classes. It is worth going over Objects again.", advice.GetProperty("summary").GetString());
        Assert.Equal(
            "1 of 4 were right. Study it again: what objects are. Then try \"What is state?\" and \"What is identity?\" once more.",
            advice.GetProperty("advice")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void Data_that_is_none_is_refused_without_being_repeated()
    {
        var exception = Assert.Throws<ArgumentException>(() => new StudyAdviceSkill().Answer("a secret", default, Cancellation));

        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    private static JsonElement Help(object asked) => Answer(new TutorHintSkill(), JsonSerializer.Serialize(asked));

    private static JsonElement Answer(ILocalSkill skill, string text) => Parse(skill.Answer(text, default, Cancellation));

    private static JsonElement Parse(string json) => JsonElement.Parse(json);

    private static string Words(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
