namespace Providers.Tests;

public class DefinitionFinderTests
{
    [Theory]
    [InlineData("A ribosome is a small particle that builds proteins.", "What is a ribosome?", "A small particle that builds proteins")]
    [InlineData("Ribosomes are small particles that build proteins.", "What are ribosomes?", "Small particles that build proteins")]
    [InlineData("The French Revolution was a period of upheaval in France.", "What was the French Revolution?", "A period of upheaval in France")]
    [InlineData("Deoxyribonucleic acid (DNA) is the molecule that stores genetic information.",
        "What is deoxyribonucleic acid (DNA)?", "The molecule that stores genetic information")]
    [InlineData("However, osmosis is the movement of water across a membrane.", "What is osmosis?", "The movement of water across a membrane")]
    [InlineData("In computing, a stack is a list in which the last item added is the first removed.",
        "In computing, what is a stack?", "A list in which the last item added is the first removed")]
    [InlineData("Ada Lovelace (1815–1852) was an English mathematician of the Victorian age.",
        "Who was Ada Lovelace?", "An English mathematician of the Victorian age")]
    [InlineData("The function of the kidneys is to filter the blood.", "What is the function of the kidneys?", "To filter the blood")]
    [InlineData("Obesity is the strongest risk factor for gout.", "What is the strongest risk factor for gout?", "Obesity")]
    [InlineData("Gout, a painful swelling of the joints, affects more men than women.", "What is gout?", "A painful swelling of the joints")]
    public void A_defining_sentence_becomes_a_question(string sentence, string question, string answer) =>
        Assert.Equal((question, answer), Cards.Single(sentence));

    [Theory]
    [InlineData("It is a small particle that builds proteins.")]
    [InlineData("This is a small particle that builds proteins.")]
    [InlineData("The process is a slow one that takes years.")]
    [InlineData("Ribosomes are essential for life.")]
    [InlineData("Ribosomes are found everywhere.")]
    [InlineData("Trade is a good example of it.")]
    [InlineData("Here there is a particle that builds proteins.")]
    public void What_does_not_define_gives_no_question(string sentence) =>
        Assert.DoesNotContain(Cards.Of(sentence), card => !card.IsCloze);

    [Fact]
    public void A_second_name_is_asked_for_when_the_page_has_nothing_else()
    {
        var cards = Cards.Of("The windpipe, also called the trachea, is a tube that carries air to the lungs.");
        Assert.Equal(["What is the windpipe?", "What is another name for the windpipe?"], cards.Select(card => card.Question));
        Assert.Equal("The trachea", cards[1].Answer);
    }

    [Fact]
    public void An_answer_ends_where_the_sentence_turns() =>
        Assert.Equal("A gas that supports burning",
            Cards.Single("Oxygen is a gas that supports burning, and it makes up a fifth of the air.")?.Answer);
}
