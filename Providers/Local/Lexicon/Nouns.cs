using System.Collections.Frozen;

using Providers.Local.Reading;

namespace Providers.Local.Lexicon;

internal static class Nouns
{
    /// <summary>"The treaty", said alone, points back to one that the text has named; these nouns seldom do otherwise.</summary>
    public static readonly FrozenSet<string> Pointing = WordList.Of("""
        account act action agency agent agreement alliance amount animal approach area argument army article assembly
        author authority bacterium band battle body bond book boundary branch building campaign capital case category
        cause century change chapter charge charter church circuit citizen city claim class clause climate code collapse
        colony command commission committee company complex component compound concept condition conflict conquest
        constant council country couple court creature crime crisis culture cycle damage data day deal death
        debate decade decision defendant definition degree delay description design device difference discovery
        discussion disease disorder distance district doctrine document drug edge effect element emperor empire enemy
        energy engine entry equation era error estate event evidence exception expedition experiment explanation
        expression factor family famine fact figure file film finding fleet fluid flow force form formula founder
        fragment function gap gas general goods government group growth half hypothesis idea image impact increase
        individual infection inhabitant injury institution instruction instrument interval invention inventor island
        issue item judge judgment king kingdom lake land language latter law layer leader letter level limit line liquid
        list loan location loss machine majority material mass meaning measure mechanism medium member message metal
        method minister ministry mixture model molecule monarch monument mountain movement name nation need network
        number nutrient object observation offence office officer operation option order organ organelle organism
        organisation organization origin outbreak outcome owner pair paper parliament part particle party path
        patient pattern people period person phase phenomenon philosopher place plague plan plane planet plant plate
        poem point policy population port position power practice present press pressure price principle prisoner problem
        procedure process product program programme project property proposal protein protest prototype province publication
        purpose quantity queen question rate ratio reaction reason rebellion record reform regime region reign
        relation relationship remainder report republic research researcher resource response rest result revolt
        revolution rise rite river role room ruler rule rulers sample scale scheme scholar scientist section sentence
        separation sequence series set settlement settler shape ship side siege signal site situation size slope smell
        society solid solution sound source space species speed stage standard star state statute step story strategy
        stream structure struggle study subject substance suffering surface surgeon survivor symbol symptom system task
        team technique technology temperature tendency term territory test theorem theory thing threat time title tool
        topic total town tradition transformation transition treatment treaty trial tribe troop truth two type uprising
        unit use user value variable variant variation variety vaccine version vessel victim victory village virus
        volume war water wave way weapon whole winner word work worker world writ writer year application persecution
        """);

    /// <summary>Adjectives that place a thing against others of its kind: "the inner membrane" asks "of what?".</summary>
    public static readonly FrozenSet<string> Relating = WordList.Of("""
        above actual adjacent additional alternative available basic below best broad central chief chosen combined
        complete corresponding current different dominant early earlier easier emerging entire essential exact existing
        expected extra famous few final first five following foreign former four full further general given global good
        great greater greatest half high higher highest ideal identical immediate important individual initial inner
        large larger largest last late later latter least left less local long longer longest low lower lowest main major
        many middle minor modern more most necessary neighbouring new newer next nine normal old older one only
        opposite original other outer overall own particular possible present previous primary prior proper rapid
        real relative relevant remaining required respective resulting right same second secondary separate seven several
        shared short shorter similar simple single six small smaller smallest so-called special specific standard
        strong subsequent successful such ten third three total traditional two typical ultimate underlying unique
        upper usual various very victorious weak whole wide young tiny thin huge heavy soft hard rich poor warm cold hot deep narrow thick fast slow
        """);

    /// <summary>Too general to be worth a blank or a question.</summary>
    public static readonly FrozenSet<string> Vague = WordList.Of("""
        ability access account addition advantage amount area aspect attempt attention base basis beginning behaviour
        benefit case cause centuries century chance change characteristic choice class code combination component condition
        contrast course couple day days decade decades degree detail development difference difficulty direction distance
        effect effort end event example existence extent fact factor feature few field form function general group growth
        half hand help idea importance increase interest issue item kind lack large length less level life line list lot
        majority manner matter mean means member method million millions mind moment month months more most name nature
        need none number object one order others part parts particular pattern people person phase piece place places
        point position possibility practice presence problem process product property purpose quality quantity question
        range rate reason record regard region relation respect rest result role row rule same scale scope section sense
        series set shape share short side similar single situation size sort source space stage standard start state step
        strength structure study subject success sum system task term terms test thing things thousands time times today
        top total turn two type types use user value variety version view way ways week weeks well whole word words work
        world year years small high low long light dark early late modern common different important same various
        everyday result results members methods forms kinds states levels effects cases events changes examples rules
        conditions features factors problems properties units unit measure measures side sides systems system structures
        reference response detail details degrees spread
        """);

    public static readonly FrozenSet<string> IrregularPlurals = WordList.Of("""
        people men women children teeth feet mice geese bacteria fungi algae nuclei mitochondria cilia phenomena criteria
        data media alveoli stimuli larvae vertebrae antennae hypotheses axes bases crises theses analyses species series
        cattle police neurons flagella ganglia spectra strata villi cristae thylakoids
        """);

    private static readonly FrozenSet<string> Persons = WordList.Of("""
        king queen emperor empress prince princess duke pope bishop priest monk saint nun president minister chancellor
        statesman politician general admiral soldier commander captain explorer navigator sailor engineer inventor nurse
        doctor physician surgeon scholar philosopher poet writer author novelist playwright composer painter sculptor
        architect astronomer mathematician physicist chemist biologist botanist geologist geographer historian lawyer
        judge jurist merchant banker printer teacher professor leader ruler monarch founder pioneer reformer activist
        programmer researcher scientist naturalist economist theologian friar scribe craftsman craftswoman weaver
        watchmaker glassmaker clockmaker officer daughter son wife husband brother sister man woman person member student
        logician cartographer surveyor doctor patient people historian colleague expert critic observer
        """);

    public static bool IsPerson(string lower) => Persons.Contains(lower);

    public static bool IsPlural(string lower) => Words.LooksPlural(lower) || IrregularPlurals.Contains(lower);

    /// <summary>Endings that make a noun, whatever stands before them.</summary>
    public static bool HasNounEnding(string lower) =>
        Endings.Any(ending => lower.Length > ending.Length + 2 && lower.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Endings that make an adjective or a participle, which no blank may stand for.</summary>
    public static bool HasAdjectiveEnding(string lower) =>
        AdjectiveEndings.Any(ending => lower.Length > ending.Length + 1 && lower.EndsWith(ending, StringComparison.Ordinal));

    private static readonly string[] Endings =
    [
        "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ism", "isms", "osis", "itis", "ase",
        "ases", "gen", "phyll", "plasm", "cyte", "cytes", "ance", "ence", "ship", "hood", "dom", "ology", "ologist",
        "graphy", "metry", "ics", "sphere", "scope", "meter", "somes", "some", "phage", "thesis", "lysis", "tude",
        "cracy", "archy", "cide", "port", "ium", "zoa", "mycin", "aemia", "emia", "pathy", "plasty", "ectomy", "illin", "amine", "globin",
    ];

    private static readonly string[] AdjectiveEndings =
    [
        "ous", "ive", "able", "ible", "ful", "less", "ary", "ical", "ward", "like", "ing", "ed", "ish", "ly", "er", "est",
        "ent", "ant", "ic", "al",
    ];
}
