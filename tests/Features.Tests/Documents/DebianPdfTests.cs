using TestPackages;

namespace Features.Tests.Documents;

public sealed class DebianPdfTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Of six producers: pdfTeX, Ghostscript, xdvipdfmx, Acrobat Distiller, ReportLab and Quartz.
    [Theory]
    [InlineData("bash-doc", "usr/share/doc/bash/bash.pdf", 87, 5, "The return status of AND and OR lists is the exit status of the last command executed in the list.")]
    [InlineData("bash-doc", "usr/share/doc/bash/bashref.pdf", 196, 10, "A shell builtin command that has been classified as special by the posix standard.")]
    [InlineData("debmake-doc", "usr/share/doc/debmake-doc/debmake-doc.en.pdf", 143, 20, "The debsign command, included in the devscripts package, is used to sign the Debian package with your private GPG key.")]
    [InlineData("dicomscope-doc", "usr/share/doc/dicomscope/dsum360.pdf", 82, 10, "The dump application supports syntax highlighting and a simple search and select function (fig. 7).")]
    [InlineData("gnuplot-doc", "usr/share/doc/gnuplot/gnuplot.pdf", 311, 40, "The EllipticE(k) function returns the complete elliptic integral of the second kind, i.e. the definite integral between 0 and pi/2 of the function")]
    [InlineData("libtasn1-doc", "usr/share/doc/libtasn1-doc/libtasn1.pdf", 36, 8, "asn1Coding generates a DER encoding from a file with ASN.1 definitions and another one with assignments.")]
    [InlineData("octave-doc", "usr/share/doc/octave/octave.pdf", 1158, 100, "To determine if two strings are identical it is necessary to use the strcmp function.")]
    [InlineData("octave-doc", "usr/share/doc/octave/refcard-a4.pdf", 3, 1, "octave file run Octave on commands in file")]
    [InlineData("python-reportlab-doc", "usr/share/doc/python-reportlab-doc/reportlab-userguide.pdf", 134, 12, "If you have problems printing your document make sure you are using the right page size (usually either A4 or letter).")]
    [InlineData("rasmol-doc", "usr/share/doc/rasmol-doc/manualA4.pdf", 91, 12, "The CIF and STAR File approaches are used increasingly in the structural sciences for data exchange and archiving, and are having a significant influence on these activities in other fields.")]
    public async Task A_sentence_is_on_its_page(string package, string file, int pages, int page, string sentence)
    {
        var path = await DebianPdfs.FindAsync(package, file, Token);
        Assert.SkipWhen(path is null, $"The Debian package {package} can't be downloaded here.");

        var text = await Readers.Create().ReadAsync(path, Token);

        Assert.Equal(pages, text.Pages.Count);
        Assert.Contains(sentence, text.Pages[page - 1].Text, StringComparison.Ordinal);
        Assert.All(text.Pages, read => Assert.DoesNotContain(read.Text, character => character is '\0' or '\uFB01' or '\uFB02'));
    }

    [Fact]
    public async Task Running_titles_and_page_numbers_are_left_out_and_cut_words_made_whole()
    {
        var path = await DebianPdfs.FindAsync("octave-doc", "usr/share/doc/octave/octave.pdf", Token);
        Assert.SkipWhen(path is null, "The Debian package octave-doc can't be downloaded here.");

        var text = await Readers.Create().ReadAsync(path, Token);

        var body = text.Pages.Skip(30).Take(900).ToList();
        Assert.InRange(body.Count(page => page.Text.StartsWith("Chapter ", StringComparison.Ordinal) && page.Text.Split('\n')[0].Contains(':', StringComparison.Ordinal)), 0, 9);
        var words = string.Join(' ', body.Select(page => page.Text));
        Assert.DoesNotContain("charac-\n", words, StringComparison.Ordinal);
        Assert.DoesNotContain("func- tion", words, StringComparison.Ordinal);
        Assert.DoesNotContain("func-\ntion", words, StringComparison.Ordinal);
    }
}
