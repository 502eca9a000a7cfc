using Providers.Speech.PocketSphinx;

namespace Providers.Tests.Speech;

public sealed class AlignmentTests
{
    private static readonly Reference Text = new("One, two; three", ["one W AH N", "one(2) HH W AH N", "two T UW", "twofold T UW", "three TH R IY"]);

    [Theory]
    [InlineData(0, 99.3, WordError.None)]
    [InlineData(-25, 50, WordError.None)]
    [InlineData(-26, 45, WordError.Mispronunciation)]
    [InlineData(-60, 0.1, WordError.Mispronunciation)]
    public void A_word_is_scored_by_how_much_worse_it_fits_than_any_sounds(double difference, double accuracy, WordError error)
    {
        var scores = Alignment.Score(Text, [new("one(2)", 0, 9, 10 * (difference - 3))], [new("AH", 0, 99, -300)]);
        Assert.Equal(new("one", accuracy, error), scores.Words[0]);
        Assert.Equal(accuracy, scores.Accuracy);
    }

    [Fact]
    public void Each_score_has_its_own_meaning()
    {
        // Of 100 frames, a pause of 50, of which 20 are usual; one word of three wasn't said.
        var scores = Alignment.Score(Text, [new("one", 0, 24, 0), new("three", 75, 99, 0)], [new("AH", 0, 99, 0)]);
        Assert.Equal((99.3, 70, 66.7), (scores.Accuracy, scores.Fluency, scores.Completeness));
        Assert.Equal(73.9, scores.Pronunciation); // 0.6 of the lowest, 0.2 of each of the others.
        Assert.Equal(new("two", null, WordError.Omission), scores.Words[1]);
    }

    [Fact]
    public void Where_nothing_was_found_everything_is_nothing()
    {
        var scores = Alignment.Score(Text, [], [new("SIL", 0, 9, 0)]);
        Assert.Equal((0, 0, 0, 0), (scores.Accuracy, scores.Fluency, scores.Completeness, scores.Pronunciation));
        Assert.All(scores.Words, word => Assert.Equal(WordError.Omission, word.Error));
    }

    [Fact]
    public void Readings_that_do_not_fit_each_other_are_refused()
    {
        Assert.Throws<FormatException>(() => Alignment.Score(Text, [new("one", 0, 10, 0)], [new("AH", 0, 9, 0)]));
        Assert.Throws<FormatException>(() => Alignment.Score(Text, [new("four", 0, 5, 0)], [new("AH", 0, 9, 0)]));
        Assert.Throws<FormatException>(() => Alignment.Score(Text, [], []));
    }

    [Fact]
    public void Only_words_of_the_text_and_of_the_dictionary_reach_the_grammar()
    {
        Reference reference = new("two FSG_END\nbeer", ["two T UW", "one W AH N"]);
        Assert.Equal(["two T UW"], reference.Entries);
        Assert.Equal(
            ["FSG_BEGIN reference", "NUM_STATES 5", "START_STATE 0", "FINAL_STATE 4", "TRANSITION 0 1 0.999 two", "TRANSITION 0 1 0.001", "TRANSITION 1 2 1", "TRANSITION 2 3 1", "TRANSITION 3 4 1", "FSG_END"],
            reference.Grammar());
    }
}
