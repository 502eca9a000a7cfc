using Features.Documents.Reading;
using Features.PdfFlashcards;

namespace Features.Tests.PdfFlashcards;

public sealed class SectionTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(30, 1_000)]
    [InlineData(300, 3_000)]
    [InlineData(5_000, 4_000)]
    public void Each_page_with_text_is_in_one_section_and_in_order(int count, int characters)
    {
        var pages = Enumerable.Range(1, count).Select(number => new PdfPage(number, new string('a', characters))).ToList();

        var sections = Section.Of(pages);

        Assert.Equal(pages, sections.SelectMany(section => section.Pages));
        Assert.All(sections, section => Assert.InRange(section.Text.Length, 1, 66_000));
    }

    [Fact]
    public void A_short_document_is_one_section_and_a_book_has_some_dozens()
    {
        Assert.Single(Section.Of([new(1, "One."), new(2, "Two.")]));
        Assert.InRange(Section.Of([.. Enumerable.Range(1, 300).Select(number => new PdfPage(number, new string('a', 2_000)))]).Count, 20, 30);
    }

    [Fact]
    public void Pages_without_text_are_in_no_section()
    {
        Assert.Empty(Section.Of([new(1, ""), new(2, "")]));
        Assert.Equal((2, 2), (Section.Of([new(1, ""), new(2, "Two.")])[0].FirstPage, Section.Of([new(1, ""), new(2, "Two.")])[0].LastPage));
    }

    [Fact]
    public void A_sentence_is_found_on_its_page_however_its_lines_break()
    {
        var section = Section.Of([new(7, "The first one."), new(8, "A cell is\nthe smallest unit of life."), new(9, "The last one.")])[0];

        Assert.Equal(8, section.PageOf("A cell is the smallest unit  of life."));
        Assert.Equal(7, section.PageOf("Nobody wrote this."));
    }
}
