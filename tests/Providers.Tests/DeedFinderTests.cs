namespace Providers.Tests;

public class DeedFinderTests
{
    [Theory]
    [InlineData("Marie Curie isolated radium from pitchblende in 1902.", "Who isolated radium from pitchblende in 1902?", "Marie Curie")]
    [InlineData("Louis Pasteur, a French chemist, developed a vaccine against rabies.", "Who developed a vaccine against rabies?", "Louis Pasteur")]
    [InlineData("The Treaty of Westphalia was signed in 1648.", "When was the Treaty of Westphalia signed?", "In 1648")]
    [InlineData("The French Revolution began on 5 May 1789 at Versailles.", "When did the French Revolution begin?", "On 5 May 1789")]
    public void A_deed_or_an_event_becomes_a_question(string sentence, string question, string answer) =>
        Assert.Equal((question, answer), Cards.Single(sentence));

    [Theory]
    [InlineData("Marie Curie described it in 1902.")]
    [InlineData("He invented the telescope in 1608.")]
    [InlineData("The treaty was signed in 1648.")]
    [InlineData("The role of rats was confirmed in 2011.")]
    public void A_deed_that_leans_on_its_neighbours_gives_no_question(string sentence) => Assert.Empty(Cards.Of(sentence));
}
