using System.Collections.Frozen;
using Providers.Local.Lexicon;

namespace Providers.Local.Reading;

internal static class Abbreviations
{
    /// <summary>Always followed by what they introduce, so that they never end a sentence.</summary>
    private static readonly FrozenSet<string> Leading = WordList.Of("""
        dr mr mrs ms prof st fr gen col capt lt sgt maj cmdr rev hon sen rep gov pres mt ft messrs mme mlle
        e.g i.e cf viz vs v ca approx esp incl
        """);

    /// <summary>Abbreviations only when a number or a single letter follows: "No. 5", but "The answer was no."</summary>
    private static readonly FrozenSet<string> Numbering = WordList.Of("""
        fig figs no nos vol vols p pp ch chap art sec sect eq eqs ref refs ed eds op par para app pt
        jan feb mar apr jun jul aug sep sept oct nov dec
        """);

    /// <summary>May close a sentence; then the next word has to look like the start of one.</summary>
    private static readonly FrozenSet<string> Closing = WordList.Of("""
        etc al inc ltd co corp jr sr u.s u.k u.n e.u a.m p.m b.c a.d b.c.e c.e ph.d m.d b.a m.a d.c sp spp subsp var
        """);

    public static bool EndsNoSentence(string lowerWord, char next, bool nextOpensSentence) =>
        Leading.Contains(lowerWord)
        || (Numbering.Contains(lowerWord) && (char.IsDigit(next) || lowerWord is "fig" or "figs"))
        || ((Closing.Contains(lowerWord) || IsInitial(lowerWord)) && !nextOpensSentence);

    private static bool IsInitial(string lowerWord) =>
        (lowerWord.Length == 1 && char.IsLetter(lowerWord[0]))
        || (lowerWord.Length >= 3 && lowerWord[^2] == '.' && char.IsLetter(lowerWord[^1]));
}
