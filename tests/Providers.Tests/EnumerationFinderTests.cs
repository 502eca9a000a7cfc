namespace Providers.Tests;

public class EnumerationFinderTests
{
    [Theory]
    [InlineData("There are three main kinds of rock: igneous, sedimentary and metamorphic.",
        "What are the three main kinds of rock?", "Igneous, sedimentary and metamorphic")]
    [InlineData("Human skin has three layers: the epidermis, the dermis and the hypodermis.",
        "What are the three layers of human skin?", "The epidermis, the dermis and the hypodermis")]
    public void A_counted_list_becomes_a_question(string sentence, string question, string answer) =>
        Assert.Equal((question, answer), Cards.Single(sentence));

    [Fact]
    public void A_list_that_belongs_to_a_pronoun_gives_none() =>
        Assert.Empty(Cards.Of("It has three layers: the epidermis, the dermis and the hypodermis."));
}
