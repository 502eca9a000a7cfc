using Features.Flashcards;

namespace Features.Tests;

public sealed class FlashcardTests(FeatureHost features)
{
    private const string Text = """
        The mitochondrion is an organelle that produces most of the chemical energy of the cell. Ribosomes are small
        particles that assemble proteins from amino acids. The cell membrane is a thin barrier that separates the inside
        of the cell from its surroundings. Osmosis is the movement of water through a membrane from a dilute solution to
        a concentrated one.
        """;

    [Fact]
    public async Task Cards_come_from_the_text_with_what_making_them_used()
    {
        var status = await features.RunAsync(new GenerateFlashcards(Text, "Medicine", "Cells"));

        Assert.Equal("completed", status.Status);
        var cards = status.Result!.Value.GetProperty("flashcards").EnumerateArray().ToList();
        Assert.Contains(cards, card => card.GetProperty("question").GetString() == "What is the mitochondrion?");
        Assert.All(cards, card => Assert.Contains(
            card.GetProperty("source").GetString()!, string.Join(' ', Text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal));
        Assert.Equal(("local", 0m), (status.Usage!.Provider, status.Usage.Cost));
        Assert.Equal(status.Usage.InputTokens + status.Usage.OutputTokens, status.Result!.Value.GetProperty("tokenUsage").GetInt64());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_cards_are_made_than_were_asked_for(int count)
    {
        var status = await features.RunAsync(new GenerateFlashcards(Text, "Medicine", "Cells", Count: count));

        Assert.Equal(count, status.Result!.Value.GetProperty("flashcards").GetArrayLength());
    }

    [Fact]
    public async Task A_text_without_a_usable_sentence_fails_at_once_and_says_so()
    {
        var status = await features.RunAsync(new GenerateFlashcards("test", "Medicine", "Cells"));

        Assert.Equal(("failed", 1, "no-usable-content", false), (status.Status, status.Attempt, status.Error!.Type, status.Error.Transient));
    }
}
