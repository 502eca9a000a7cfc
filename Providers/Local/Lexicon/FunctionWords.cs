using System.Collections.Frozen;

namespace Providers.Local.Lexicon;

/// <summary>The closed classes of English, by the part they play in a clause.</summary>
internal static class FunctionWords
{
    public static readonly FrozenSet<string> Determiners = WordList.Of(
        "the a an its their his her our my your this that these those each every some any no all both another such");

    public static readonly FrozenSet<string> Prepositions = WordList.Of("""
        of in on at by for with from to into onto upon within without through throughout across along between among
        amongst over under above below beneath behind beside besides beyond near off out outside inside up down around
        about against toward towards during until till since before after despite per via as than like unlike except
        following including regarding concerning
        """);

    public static readonly FrozenSet<string> Conjunctions = WordList.Of("and or but nor so yet");

    public static readonly FrozenSet<string> Subordinators = WordList.Of("""
        that which who whom whose where when while whereas because although though if unless whether once since until
        before after why how what as
        """);

    public static readonly FrozenSet<string> Pronouns = WordList.Of("""
        i you he she it we they me him her us them this that these those such his hers its their theirs our ours
        himself herself itself themselves one ones here there someone something anyone anything everyone everything
        nobody nothing none
        """);

    public static readonly FrozenSet<string> BeForms = WordList.Of("is are was were");

    public static readonly FrozenSet<string> Auxiliaries = WordList.Of("""
        is are was were be been being am has have had having do does did can could may might must shall should will
        would cannot isn't aren't wasn't weren't doesn't don't didn't can't
        """);

    public static readonly FrozenSet<string> Adverbs = WordList.Of("""
        not also often usually mainly sometimes typically generally commonly normally now chiefly mostly primarily first
        largely then later still even only just more most less least very too rather quite almost nearly about again
        ever never always already soon once twice thus hence therefore however instead otherwise together apart away
        back today perhaps indeed formerly originally simply strictly originally especially particularly roughly
        approximately well far much further either neither
        """);

    private static readonly FrozenSet<string> All = WordList.Of(
    [
        .. Determiners, .. Prepositions, .. Conjunctions, .. Subordinators, .. Pronouns, .. Auxiliaries, .. Adverbs,
        "few many several other others same own half much most",
        "two three four five six seven eight nine ten hundred thousand million billion",
    ]);

    public static bool Contains(string lower) => All.Contains(lower);

    public static bool IsAdverb(string lower) =>
        Adverbs.Contains(lower) || (lower.Length > 4 && lower.EndsWith("ly", StringComparison.Ordinal)
            && lower is not ("family" or "assembly" or "anomaly" or "monopoly" or "supply" or "reply" or "italy" or "july"
                or "butterfly" or "belly" or "jelly" or "ally" or "early" or "daily" or "yearly" or "friendly" or "apply" or "multiply"));
}
