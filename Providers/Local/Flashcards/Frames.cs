using System.Collections.Frozen;

namespace Providers.Local.Flashcards;

internal static class Frames
{
    private static readonly Frame[] PassiveFrames =
    [
        new("called|termed|named", "What {be} {s} {adv}called?", AnswerShape.Label, 0.9),
        new("known as|referred to as", "What {be} {s} {adv}known as?", AnswerShape.Label, 0.9),
        new("defined as", "How {be} {s} {adv}defined?", AnswerShape.Phrase, 0.95),
        new("made of|made up of|composed of|built up of|formed of", "What {be} {s} {adv}made of?", AnswerShape.Phrase, 0.75),
        new("made from|formed from|built from|derived from", "What {be} {s} {adv}made from?", AnswerShape.Phrase, 0.7),
        new("divided into|grouped into|classified into|split into", "What {be} {s} {adv}divided into?", AnswerShape.Phrase, 0.7),
        new("used to", "What {be} {s} {adv}used for?", AnswerShape.WithCue, 0.75),
        new("used for", "What {be} {s} {adv}used for?", AnswerShape.Phrase, 0.7),
        new("responsible for", "What {be} {s} {adv}responsible for?", AnswerShape.Phrase, 0.7),
        new("found in|found on|located in|located on|located at|situated in|found at|housed in",
            "Where {be} {s} {adv}found?", AnswerShape.Place, 0.75),
        new("produced in|made in|formed in|stored in|carried out in", "Where {be} {s} {adv}{p}?", AnswerShape.Place, 0.75),
        new("caused by|controlled by|regulated by|driven by|powered by|governed by|produced by|surrounded by|protected by"
            + "|covered by|separated by|enclosed by", "What {be} {s} {adv}{p} by?", AnswerShape.Phrase, 0.75),
        new("measured in|expressed in", "In what unit {be} {s} {adv}{p}?", AnswerShape.Phrase, 0.7),
        new("measured by|measured with", "How {be} {s} {adv}measured?", AnswerShape.WithCue, 0.7),
        new("discovered by|invented by|developed by|designed by|proposed by|introduced by|formulated by|founded by"
            + "|established by|coined by|built by|described by|published by|signed by|issued by|defeated by|created by|led by"
            + "|isolated by|identified by", "Who {adv}{p} {s}?", AnswerShape.Person, 0.85),
        new("written by", "Who wrote {s}?", AnswerShape.Person, 0.85),
    ];

    private static readonly Frame[] ActiveFrames =
    [
        new("refers to|refer to|referred to", "What {do} {s} {adv}refer to?", AnswerShape.Phrase, 0.95),
        new("means|mean|meant", "What {do} {s} {adv}mean?", AnswerShape.Phrase, 0.9),
        new("denotes|denote|denoted", "What {do} {s} {adv}denote?", AnswerShape.Phrase, 0.9),
        new("stands for|stand for", "What {do} {s} stand for?", AnswerShape.Phrase, 0.85),
        new("describes|describe", "What {do} {s} describe?", AnswerShape.Phrase, 0.75),
        new("states that|state that|holds that|hold that", "What {do} {s} state?", AnswerShape.WithCue, 0.9),
        new("consists of|consist of|consisted of", "What {do} {s} {adv}consist of?", AnswerShape.Phrase, 0.8),
        new("comprises|comprise|comprised", "What {do} {s} {adv}comprise?", AnswerShape.Phrase, 0.75),
        new("depends on|depend on|depended on", "What {do} {s} {adv}depend on?", AnswerShape.Phrase, 0.7),
        new("results from|result from|resulted from", "What {do} {s} {adv}result from?", AnswerShape.Phrase, 0.75),
        new("arises from|arise from", "What {do} {s} {adv}arise from?", AnswerShape.Phrase, 0.7),
        new("leads to|lead to|led to", "What {do} {s} {adv}lead to?", AnswerShape.Phrase, 0.65),
        new("produces|produce|produced", "What {do} {s} {adv}produce?", AnswerShape.Phrase, 0.65),
        new("causes|cause|caused", "What {do} {s} {adv}cause?", AnswerShape.Phrase, 0.7),
        new("carries|carry|carried", "What {do} {s} {adv}carry?", AnswerShape.Phrase, 0.65),
        new("stores|store|stored", "What {do} {s} {adv}store?", AnswerShape.Phrase, 0.65),
        new("regulates|regulate|regulated", "What {do} {s} {adv}regulate?", AnswerShape.Phrase, 0.7),
        new("controls|control|controlled", "What {do} {s} {adv}control?", AnswerShape.Phrase, 0.7),
        new("measures|measure|measured", "What {do} {s} {adv}measure?", AnswerShape.Phrase, 0.75),
        new("secretes|secrete", "What {do} {s} {adv}secrete?", AnswerShape.Phrase, 0.7),
        new("transports|transport", "What {do} {s} {adv}transport?", AnswerShape.Phrase, 0.65),
        new("prevents|prevent|prevented", "What {do} {s} {adv}prevent?", AnswerShape.Phrase, 0.65),
        new("abolished|outlawed|prohibits|prohibit|prohibited|guarantees|guarantee|guaranteed", "What {do} {s} {base}?", AnswerShape.Phrase, 0.7),
        new("separates|separate|separated", "What {do} {s} separate?", AnswerShape.Phrase, 0.65),
        new("connects|connect|connected", "What {do} {s} connect?", AnswerShape.Phrase, 0.65),
        new("occurs when|occur when|happens when|happen when", "When {do} {s} {adv}occur?", AnswerShape.WithCue, 0.8),
        new("forms when|form when", "When {do} {s} {adv}form?", AnswerShape.WithCue, 0.75),
        new("begins when|begin when", "When {do} {s} begin?", AnswerShape.WithCue, 0.75),
        new("occurs in|occur in|takes place in|take place in|occurs on|occurs at", "Where {do} {s} {adv}take place?", AnswerShape.Place, 0.75),
    ];

    public static readonly FrozenDictionary<string, Frame> Passive = ByCue(PassiveFrames);

    public static readonly FrozenDictionary<string, Frame> Active = ByCue(ActiveFrames);

    /// <summary>The first words of the active cues, by which a clause can be taken apart.</summary>
    public static readonly FrozenSet<string> ActiveVerbs =
        Active.Keys.Select(cue => cue.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, Frame> ByCue(Frame[] frames) =>
        frames.SelectMany(frame => frame.Cues.Split('|').Select(cue => KeyValuePair.Create(cue, frame)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
