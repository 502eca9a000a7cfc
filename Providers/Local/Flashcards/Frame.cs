namespace Providers.Local.Flashcards;

internal enum AnswerShape
{
    /// <summary>The words behind the cue, up to where the sentence turns.</summary>
    Phrase,

    /// <summary>The same, with the last word of the cue: "in the nucleus", "when ice melts".</summary>
    WithCue,

    /// <summary>As WithCue, but a place: not a time and not a manner.</summary>
    Place,

    /// <summary>A name of a few words.</summary>
    Label,

    /// <summary>A person.</summary>
    Person,
}

/// <summary>A wording that can be turned into a question without changing its words.</summary>
/// <param name="Cues">The wordings, separated by a bar; those of a passive stand behind is, are, was or were.</param>
/// <param name="Question">The question, with {be}, {do}, {adv} and {s} for the verb, its adverb and the subject.</param>
internal sealed record Frame(string Cues, string Question, AnswerShape Shape, double Worth);
