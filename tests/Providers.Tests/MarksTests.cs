using Providers.Local.Reading;

namespace Providers.Tests;

public class MarksTests
{
    [Theory]
    [InlineData("Iron rusts.[12]", "Iron rusts.")]
    [InlineData("Iron rusts [1, 3–5] in air [citation needed].", "Iron rusts in air.")]
    [InlineData("Iron rusts (Smith, 2004).", "Iron rusts.")]
    [InlineData("Iron rusts (Smith and Okafor 2004; Berg et al., 1999a), as tin does not.", "Iron rusts, as tin does not.")]
    [InlineData("Iron rusts (see Fig. 2).", "Iron rusts.")]
    [InlineData("**Iron** is a [metal](wiki/metal) with `26` protons.", "Iron is a metal with 26 protons.")]
    public void Marks_for_the_page_are_removed(string sentence, string expected) =>
        Assert.Equal(expected, Marks.Remove(sentence));

    [Theory]
    [InlineData("Iron (Fe) melts at 1,538 °C (2,800 °F).")]
    [InlineData("Newton (1643–1727) lived at Woolsthorpe (in Lincolnshire).")]
    public void Brackets_with_a_meaning_stay(string sentence) => Assert.Equal(sentence, Marks.Remove(sentence));
}
