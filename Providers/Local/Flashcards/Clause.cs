using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>A sentence taken apart at its verb.</summary>
/// <param name="Opening">A phrase such as "In biology" that stands before the subject, or nothing.</param>
/// <param name="Subject">The noun phrase, without what stood in brackets or between commas.</param>
/// <param name="Alias">The other name given between commas ("also called …"), or nothing.</param>
/// <param name="Rest">What follows the verb, without the stop.</param>
internal sealed record Clause(
    Sentence Sentence, string Opening, string Subject, string Alias, string Verb, string Rest)
{
    public bool IsPlural => Verb is "are" or "were";

    /// <summary>The part of the sentence that a card with this answer tells.</summary>
    public string UpTo(string answer)
    {
        var end = Rest.IndexOf(answer, StringComparison.Ordinal);
        var told = end < 0 ? Rest : Rest[..(end + answer.Length)];
        return $"{(Opening.Length == 0 ? "" : Opening + ", ")}{Subject} {Verb} {told}";
    }
}
