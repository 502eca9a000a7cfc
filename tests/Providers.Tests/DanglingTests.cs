using Providers.Local.Flashcards;
using Providers.Local.Reading;

namespace Providers.Tests;

public class DanglingTests
{
    [Theory]
    [InlineData("It releases oxygen in the leaves of plants.")]
    [InlineData("This reaction needs light from the sun.")]
    [InlineData("The process releases oxygen.")]
    [InlineData("In 1648 the treaty ended the bloodshed in Germany.")]
    [InlineData("In that year, Vienna was besieged by the Ottomans.")]
    [InlineData("Ten years later, Vienna was besieged again.")]
    [InlineData("Some are made of bronze and tin.")]
    [InlineData("The other bank refused every loan.")]
    [InlineData("Vienna accepted the terms because of this defeat.")]
    [InlineData("Engineers call such a bridge a viaduct.")]
    [InlineData("In its early years, Vienna was a Roman camp.")]
    [InlineData("Charles gave them land along the Danube.")]
    [InlineData("The discovery changed their lives.")]
    [InlineData("The inner membrane is folded into shelves.")]
    [InlineData("We see light of many wavelengths.")]
    [InlineData("Walther Meissner and Robert Ochsenfeld observed it in Berlin.")]
    [InlineData("Counterfeiters in Lyon copied his books.")]
    [InlineData("The theory states that electrons form pairs.")]
    [InlineData("The theory links prices to the supply of money.")]
    [InlineData("The Arabic name means a demon.")]
    [InlineData("It's now the default in Ruby.")]
    public void Words_that_lean_on_a_sentence_before_are_refused(string text) => Assert.True(IsDangling(text));

    [Theory]
    [InlineData("Photosynthesis releases oxygen in the leaves of plants.")]
    [InlineData("The process by which plants make sugar is photosynthesis.")]
    [InlineData("The Treaty of Westphalia ended the Thirty Years' War.")]
    [InlineData("The heart pumps blood through the body of a mammal.")]
    [InlineData("Bees collect nectar and carry it to the hive.")]
    [InlineData("Plants such as maize use a different pathway.")]
    [InlineData("Those who vote are counted twice.")]
    [InlineData("There are three kinds of rock.")]
    public void Words_that_stand_alone_are_accepted(string text) => Assert.False(IsDangling(text));

    [Fact]
    public void A_thing_that_an_earlier_sentence_introduced_is_pointed_back_to()
    {
        var page = Page.Read("A centrifuge is a machine that spins liquids. The centrifuge spins at high speed for an hour.");
        Assert.True(new Dangling(page.Vocabulary).In(page.Sentences[1].Text, 1));
    }

    private static bool IsDangling(string text) => new Dangling(new Vocabulary([])).In(text, sentence: 1);
}
