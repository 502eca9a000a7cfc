namespace Providers.Tests;

public class FrameFinderTests
{
    [Theory]
    [InlineData("Osmosis refers to the movement of water across a membrane.", "What does osmosis refer to?", "The movement of water across a membrane")]
    [InlineData("Entropy is defined as the logarithm of the number of states.", "How is entropy defined?", "The logarithm of the number of states")]
    [InlineData("The breakdown of glucose in cells is called glycolysis.", "What is the breakdown of glucose in cells called?", "Glycolysis")]
    [InlineData("Vitamin C is also known as ascorbic acid.", "What is another name for vitamin C?", "Ascorbic acid")]
    [InlineData("Brass is made of copper and zinc.", "What is brass made of?", "Copper and zinc")]
    [InlineData("Soil consists of minerals, water, air and decaying matter.", "What does soil consist of?", "Minerals, water, air and decaying matter")]
    [InlineData("Ribosomes are found in the cytoplasm of all cells.", "Where are ribosomes found?", "In the cytoplasm of all cells")]
    [InlineData("A barometer is used to measure the pressure of air.", "What is a barometer used for?", "To measure the pressure of air")]
    [InlineData("Scurvy is caused by a lack of vitamin C.", "What is scurvy caused by?", "A lack of vitamin C")]
    [InlineData("A collision occurs when two keys share a bucket.", "When does a collision occur?", "When two keys share a bucket")]
    [InlineData("Boyle's law states that pressure falls as volume grows.", "What does Boyle's law state?", "That pressure falls as volume grows")]
    [InlineData("Penicillin was discovered by Alexander Fleming in 1928.", "Who discovered penicillin?", "Alexander Fleming")]
    public void A_known_wording_becomes_a_question(string sentence, string question, string answer) =>
        Assert.Equal((question, answer), Cards.Single(sentence));

    [Theory]
    [InlineData("Malaria is not caused by bad air.")]
    [InlineData("The causes of the decline are debated.")]
    [InlineData("Ribosomes are found in the twentieth century in books.")]
    [InlineData("It consists of copper and zinc.")]
    public void A_denial_a_noun_or_a_pronoun_gives_no_question(string sentence) =>
        Assert.DoesNotContain(Cards.Of(sentence), card => !card.IsCloze);
}
