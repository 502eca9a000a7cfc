using System.Collections.Frozen;

namespace Providers.Local.Lexicon;

/// <summary>
/// Common verbs in all their forms. Without a tagger this list is what keeps a verb out of a noun phrase; it holds
/// no verb whose plain form is far more often a noun in prose of this kind (cell, force, form, state).
/// </summary>
internal static class Verbs
{
    private static readonly FrozenSet<string> Regular = WordList.Of("""
        absorb accept accompany achieve acquire act adapt add adopt advance affect agree aid allow alter appear apply
        argue arrange arrive assume attach attack attract avoid balance bear become begin believe belong bind block
        branch break bring build burn buy call capture carry catch cause change choose circulate claim collapse collect
        combine come communicate compare compete complete comprise compute conclude conduct confirm connect conquer
        consider consist constitute consume contain continue contract contribute control convert convince cool cover
        create cross cut decide declare decline decrease defeat define deliver demand demonstrate denote depend derive
        describe design destroy detect determine develop differ diffuse digest direct disappear discover dissolve
        distinguish divide dominate draw drive drop eat emerge emit employ enable encode encourage end endure engulf
        enter escape establish evolve examine exceed exchange exclude execute exist expand expect explain expose express
        extend extract face facilitate fail fall favour feed fight fill filter find fit flow follow forbid force form
        found function gain generate get give go govern grant grow guarantee guide handle happen harm hear heat help
        hold identify ignore impose improve include increase indicate induce infect influence inform inherit inhibit
        insert insist inspire interact interfere introduce invade invent involve isolate issue join keep kill know lack
        last launch lay lead learn leave let lie limit link live look lose lower maintain make mark match matter mean
        measure meet melt modify move multiply need notice observe obtain occupy occur offer open operate oppose
        organise organize originate oxidise pass pay perform permit persist place play point possess pour precede
        predict prepare preserve press prevent proceed process produce prohibit promote propagate propose protect prove
        provide publish pull pump push put raise range reach react read receive recognise recognize record recover
        reduce refer reflect refuse regard regulate reject relate release rely remain remove render repair repeat
        replace replicate represent reproduce require resemble resist respond rest restore restrict result retain
        return reveal reverse rise rotate rule run say scatter secrete see seek seem select send separate serve settle
        shape share show shrink sign slow solve speed spread stand start state stay stem stimulate stop store
        strengthen stretch strike study succeed suffer suggest supply support suppose suppress surround survive sustain
        swell take teach tell tend term test think thrive tie trace transfer transform translate transmit transport
        trap travel treat trigger turn understand undergo unite use utter vary vibrate view vote wait want warn wear
        weaken win work write yield seal synthesise synthesize catalyse catalyze discard deposit erode flood feature
        house lift narrow widen bend bounce trade refract
        abandon abolish accelerate accumulate accuse activate administer admit advise align amplify analyse announce
        appoint approve arrest ask assemble assert assign associate assure attain attend attribute award bleed blame
        bombard boost borrow breathe breed bury calculate camouflage cast celebrate charge circle cite classify climb
        coat coin compel compensate compile complain concentrate condemn condense confer confine confuse connect consent
        construct consult convict coordinate cope correct correspond crush crystallise dance date deceive decode decompose
        decorate dedicate defend deflect deny depict deport deprive deserve designate devise devote die dig diminish disable
        discharge discuss dismantle dismiss dispute disrupt distribute disturb donate double drain dry earn ease elect
        eliminate embrace employ empty encounter engage enjoy enlarge enrich ensure entitle equal equip erupt estimate
        evade evaporate evoke excite exert exhaust exile expel exploit explore export extinguish fasten ferment fertilise
        finance fine finish flee float flourish fold forge freeze fulfil fund fuse gather generate glow grip grind haunt
        heal hire host hunt illuminate illustrate imitate implement imply import imprison impress incorporate infer inflame
        inhabit initiate inject injure innovate install integrate intend intensify intercept interpret interrupt invest
        irrigate jump justify kneel label land lend liberate magnify manage manipulate manufacture marry mediate mend merge
        migrate mine mobilise modernise monitor motivate mount name navigate negotiate nest obey offend orbit overcome
        overlap oversee overtake paint partition pause penetrate perceive petition pierce pioneer plan plant poison
        polarise possess postpone practise praise preach prefer prescribe preside presume print prolong promise prompt
        propel prosecute prosper protest provoke publish punish purchase purify pursue quote radiate ratify realise
        rebel reclaim reconstruct recruit redirect refine rehash reinforce rejoice relax renew rent reopen replenish
        rescue reside resign resolve respire restrain resume retreat revive revolve ripen rob roll roughen rush scan
        scatter schedule score secure seize sense sentence shelter shift shine shoot shrivel signal simplify sink skip
        slide smooth snap soak specify spin spoil stabilise stain starve steer stick strip submit subtract sue suit
        summarise summon surrender suspend switch symbolise tackle target tax thicken threaten tolerate torture touch
        track train transcribe transmit treble tremble unify unlock update urge vaccinate validate vanish ventilate
        verify violate visit wander warm wash waste weigh weld whip widen withdraw withstand witness worship wrap
        """);

    private static readonly FrozenSet<string> Irregular = WordList.Of("""
        became become begun began bore borne bound broke broken brought built burnt bought came caught chose chosen cut
        drew drawn drove driven ate eaten fell fallen fed fought found fled flew flown forbade forbidden forgot gave
        given got gone went grew grown held heard hid hidden hit hurt kept knew known laid led left lent let lay lain
        lit lost made meant met paid put ran run read rose risen said saw seen sold sent set shook shot showed shown
        shrank shrunk sang sank sat slept spoke spoken spent split spread sprang stood stole struck swam swept swung
        took taken taught thought threw thrown told tore torn understood undergone underwent wore worn won wrote written
        overthrew overthrown withdrew withdrawn arose arisen sought wound
        """);

    /// <summary>Plain forms and third persons that are nouns at least as often; only context tells, so they are no verb here.</summary>
    private static readonly FrozenSet<string> MoreOftenNouns = WordList.Of("""
        leaves lives act acts cause causes change changes control controls form forms force forces function functions process
        processes state states result results range ranges rule rules test tests place places point points work works
        link links limit limits study studies heat speed view views trade trades supply supplies record records balance
        transport mark marks end ends house houses feature features stem stems flow flows branch branches measure
        measures contract contracts design designs issue issues share shares shape shapes rest influence influences
        filter filters pump pumps match matches deposit deposits attack attacks term terms need needs use uses
        exchange exchanges transfer transfers release lack gain gains face faces fall falls rise rises drop drops
        advance advances increase increases decrease decreases decline collapse demand demands offer offers
        support return returns search lead aid press cover covers cross trap traps reverse repair building buildings
        meaning beginning bearing ending setting reading writing understanding being beings finding findings flood
        floods seal seals vote votes charge charges land lands plant plants name names plan plans mine mines date dates
        tax taxes fund funds fine promise protest protests petition petitions sentence sentences signal signals
        sense senses target targets track tracks train trains waste visit visits witness witnesses shift shifts score
        scores scan schedule schedules rent rush roll rolls print paint paints orbit orbits mount nest nests mobilise
        label labels import imports export exports host hosts hire hunt grip fuse fold folds ferment exile estimate estimates
        equal ease dance coat circle circles cast correct award awards associate associates advise poison poisons practise
        purchase purchases ruling rulings hashing clustering rehash addressing chaining probing mining painting paintings
        training spin slide skip purse engineering trading shipping farming fishing weaving printing dry smooth double
        drain boost bombard compound warm partition score sentence switch switches target sink sinks wash conduct trace traces block blocks lay stand interest tie ties
        """);

    private static readonly FrozenSet<string> Forms =
        WordList.Of([.. Regular.SelectMany(Inflect), .. Irregular]);

    public static bool Contains(string lower) => Forms.Contains(lower) && !MoreOftenNouns.Contains(lower);

    public static bool MayBe(string lower) => Forms.Contains(lower);

    public static bool IsParticiple(string lower) =>
        Irregular.Contains(lower) || lower.EndsWith("ed", StringComparison.Ordinal);

    private static IEnumerable<string> Inflect(string verb)
    {
        var dropsE = verb[^1] == 'e';
        var root = dropsE ? verb[..^1] : verb;
        var endsInConsonantY = verb[^1] == 'y' && verb[^2] is not ('a' or 'e' or 'o' or 'u');
        var hisses = verb[^1] is 's' or 'x' or 'z' || verb.EndsWith("ch", StringComparison.Ordinal)
            || verb.EndsWith("sh", StringComparison.Ordinal);
        var doubled = verb + verb[^1];

        yield return verb;
        yield return endsInConsonantY ? verb[..^1] + "ies" : verb + (hisses ? "es" : "s");
        yield return endsInConsonantY ? verb[..^1] + "ied" : root + "ed";
        yield return root + "ing";
        yield return doubled + "ed";
        yield return doubled + "ing";
    }
}
