using System.Diagnostics;

namespace Providers.Tests;

public class HostileTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("word")]
    [InlineData("   \r\n\t ")]
    [InlineData("😀😀 🎉. 👨‍👩‍👧 is 🐟.")]
    [InlineData("public static int Main() { return x.Is(a) == the.Of(y); } // It is a test.")]
    [InlineData("Die Zelle ist die kleinste lebende Einheit aller Organismen. Der Kern ist ein Organell, das die Erbinformation enthält.")]
    [InlineData("La cellule est l'unité de base de la vie. Le noyau est un organite qui contient l'ADN.")]
    [InlineData("De cel is een klein deel van het lichaam. De kern is het deel van de cel met het erfelijk materiaal.")]
    [InlineData("细胞是生命的基本单位。细胞核是一种细胞器。")]
    [InlineData("Клетка — это основная единица жизни. Ядро является органеллой.")]
    [InlineData("((((((((((. [[[[[ \"\"\"\" ))) . ; : , — … . . . ?!?!")]
    [InlineData("\uD800 is a \uDC00 that is the \0 of a cell.")]
    [InlineData("Is. Are. Was the. The. A. Of the and. It is. X is a.")]
    public void Text_that_is_no_english_prose_gives_no_cards(string text) => Assert.Empty(Cards.Of(text));

    [Fact]
    public void One_giant_sentence_gives_no_cards() =>
        Assert.Empty(Cards.Of(string.Concat(Enumerable.Repeat("the river flows past the town and ", 3_000))));

    [Fact]
    public void Thousands_of_repeated_sentences_give_one_card() =>
        Assert.Single(Cards.Of(string.Concat(Enumerable.Repeat("A lever is a rigid bar that turns about a point. ", 2_000))));

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData(". ")]
    [InlineData("a. B")]
    [InlineData("(A, ")]
    [InlineData("The a, ")]
    [InlineData("\n- ")]
    [InlineData("x, and is ")]
    [InlineData("In the A of B, the C is a D of ")]
    [InlineData("the the the. The ")]
    [InlineData("A of B is the ")]
    public void A_hundred_thousand_characters_of_anything_take_no_long_time(string piece)
    {
        var clock = Stopwatch.StartNew();
        Cards.Of(string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)) + ".");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_long_text_takes_time_in_proportion()
    {
        var page = string.Join("\n\n", PagePropertyTests.Pages.Select(row => PageTexts.Read(row.Data)));
        Cards.Of(page);
        // Linear is 4, quadratic 16. The machine may be busy with something else, so the best of some tries counts.
        var ratio = Enumerable.Range(0, 5).Min(_ => Time(Book(page, 4)) / Time(Book(page, 1)));
        Assert.InRange(ratio, 0, 10);
    }

    // The number in each sentence keeps the copies from being taken for one.
    private static string Book(string page, int copies) =>
        string.Join("\n\n", Enumerable.Range(1, copies).Select(copy => page.Replace(".\n", $" in volume {copy}.\n", StringComparison.Ordinal)
            .Replace(". ", $" in book {copy}. ", StringComparison.Ordinal)));

    private static double Time(string text) =>
        Enumerable.Range(0, 3).Min(_ =>
        {
            var clock = Stopwatch.StartNew();
            Cards.Of(text);
            return clock.Elapsed.TotalMilliseconds;
        });
}
