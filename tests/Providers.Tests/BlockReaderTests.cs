using Providers.Local.Reading;

namespace Providers.Tests;

public class BlockReaderTests
{
    [Theory]
    [InlineData("# Rivers\nThe Rhine is long.")]
    [InlineData("Rivers\n======\nThe Rhine is long.")]
    [InlineData("Rivers\n\nThe Rhine is long.")]
    [InlineData("Rivers\nThe Rhine is a river that is long.")]
    public void A_heading_is_told_from_its_paragraph(string text) =>
        Assert.Equal([true, false], BlockReader.Read(text).Select(block => block.IsHeading));

    [Fact]
    public void Wrapped_lines_are_joined_and_blank_lines_part_paragraphs() =>
        Assert.Equal(["The Rhine is a river.", "It is long."],
            BlockReader.Read("The Rhine is\r\na river.\r\n\r\nIt is long.").Select(block => block.Text));

    [Fact]
    public void List_marks_are_left_out() =>
        Assert.Equal(["Iron rusts.", "Gold shines.", "Lead is soft."],
            BlockReader.Read("- Iron rusts.\n2. Gold shines.\n• Lead is soft.").Select(block => block.Text));

    [Fact]
    public void A_first_line_that_is_merely_wrapped_is_no_heading() =>
        Assert.Equal(["The river that rises in the Alps and passes Basel is the Rhine."],
            BlockReader.Read("The river that rises in the Alps and passes\nBasel is the Rhine.").Select(block => block.Text));

    [Fact]
    public void Code_fences_and_tables_are_left_out() =>
        Assert.Equal(["It is long."], BlockReader.Read("```\nlet x = 1.\n```\n| a | b |\nIt is long.").Select(block => block.Text));

    [Fact]
    public void A_word_broken_at_a_hyphen_is_closed_up() =>
        Assert.Equal(["A membrane-bound organelle."], BlockReader.Read("A membrane-\nbound organelle.").Select(block => block.Text));
}
