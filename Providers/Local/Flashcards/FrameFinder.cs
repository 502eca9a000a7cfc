using System.Collections.Frozen;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>Turns the wordings listed in <see cref="Frames"/> into questions.</summary>
internal sealed class FrameFinder(Page page, Dangling dangling) : ICardFinder
{
    private const int LongestCue = 3;

    private readonly Vocabulary vocabulary = page.Vocabulary;

    public IEnumerable<Card> Find(Sentence sentence)
    {
        if (ClauseReader.Read(sentence, IsFrameVerb) is { } clause
            && Subjects.IsWhole(clause.Subject, vocabulary)
            && Match(clause) is { } card)
        {
            yield return card;
        }
    }

    private static bool IsFrameVerb(string lower) =>
        FunctionWords.BeForms.Contains(lower) || Frames.ActiveVerbs.Contains(lower);

    private Card? Match(Clause clause)
    {
        var passive = FunctionWords.BeForms.Contains(clause.Verb);
        if (!passive && !Agrees(clause))
        {
            return null;
        }

        var words = Words.Of(clause.Rest);
        var adverbs = passive ? words.TakeWhile(word => FunctionWords.IsAdverb(word.Lower)).Take(2).ToList() : [];
        if (adverbs.Any(word => word.Lower is "not" or "never" or "no"))
        {
            return null;
        }

        string[] parts = passive ? [.. words.Skip(adverbs.Count).Take(LongestCue).Select(word => word.Lower)]
            : [clause.Verb.ToLowerInvariant(), .. words.Take(LongestCue - 1).Select(word => word.Lower)];
        var (frame, length) = Longest(passive ? Frames.Passive : Frames.Active, parts);
        if (frame is null)
        {
            return null;
        }

        var consumed = adverbs.Count + length - (passive ? 0 : 1);
        return consumed < words.Count && Answer(clause, frame, words, consumed) is { } answer
            && !dangling.In(clause.UpTo(answer), clause.Sentence.Index)
                ? new Card(Ask(clause, frame, adverbs, parts[0]), Answers.Capitalise(answer), clause.Sentence, frame.Worth)
                : null;
    }

    // A verb that agrees with its subject is a verb; "trade routes" is not, and neither is "heart muscle contracts".
    private static bool Agrees(Clause clause)
    {
        var subject = Words.Of(clause.Subject);
        var plural = Nouns.IsPlural(subject[^1].Lower) && !subject[^1].IsCapitalised
            || subject.Any(word => word.Lower == "and");
        var verb = clause.Verb.ToLowerInvariant();
        var of = subject.FindIndex(word => FunctionWords.Prepositions.Contains(word.Lower));
        plural = of > 0 ? Nouns.IsPlural(subject[of - 1].Lower) : plural;
        return verb.EndsWith('s') ? !plural : IsPast(verb) || plural;
    }

    private static (Frame? Frame, int Length) Longest(FrozenDictionary<string, Frame> frames, string[] parts)
    {
        for (var length = parts.Length; length > 0; length--)
        {
            if (frames.TryGetValue(string.Join(' ', parts.Take(length)), out var frame))
            {
                return (frame, length);
            }
        }

        return (null, 0);
    }

    private string? Answer(Clause clause, Frame frame, List<Word> words, int consumed)
    {
        var behind = clause.Rest[words[consumed].Start..];
        var withCue = consumed > 0 ? clause.Rest[words[consumed - 1].Start..] : behind;
        return frame.Shape switch
        {
            AnswerShape.Label => Answers.Label(behind),
            AnswerShape.Person => Answers.Name(behind, vocabulary),
            AnswerShape.WithCue when IsSubstantial(words, consumed) => Answers.Phrase(withCue),
            AnswerShape.Place when IsSubstantial(words, consumed) && IsPlace(words, consumed) => Answers.Phrase(withCue),
            AnswerShape.Phrase when IsSubstantial(words, consumed) => Answers.Phrase(behind),
            _ => null,
        };
    }

    private static bool IsSubstantial(List<Word> words, int start) =>
        words[start].Lower is var first
        && !FunctionWords.Conjunctions.Contains(first)
        && !(FunctionWords.Pronouns.Contains(first) && first is not ("those" or "that" or "one"))
        && words.Skip(start).Any(word => !FunctionWords.Contains(word.Lower) && !Nouns.Vague.Contains(word.Lower));

    private static bool IsPlace(List<Word> words, int start) =>
        !words.Skip(start).Take(5).Any(word => char.IsDigit(word.Text[0])
            || word.Lower is "century" or "centuries" or "year" or "years" or "winter" or "summer" or "spring" or "autumn"
                or "stages" or "stage" or "steps" or "phases" or "turn" or "part" or "general" or "fact" or "response"
                or "order" or "time" or "times" or "way" or "ways" or "form" or "pairs" or "addition" or "person" or "abundance");

    private string Ask(Clause clause, Frame frame, List<Word> adverbs, string participle)
    {
        var adverb = string.Concat(adverbs.Where(word => word.Lower is not ("also" or "now")).Select(word => word.Text + " "));
        var alsoCalled = frame.Shape == AnswerShape.Label && adverbs.Any(word => word.Lower is "also");
        var verb = clause.Verb.ToLowerInvariant();
        var question = (alsoCalled ? "What is another name for {s}?" : frame.Question)
            .Replace("{be}", clause.Verb, StringComparison.Ordinal)
            .Replace("{do}", IsPast(verb) ? "did" : verb.EndsWith('s') ? "does" : "do", StringComparison.Ordinal)
            .Replace("{adv}", adverb, StringComparison.Ordinal)
            .Replace("{p}", participle, StringComparison.Ordinal)
            .Replace("{base}", BaseOf(verb), StringComparison.Ordinal)
            .Replace("{s}", Subjects.Inside(clause.Subject, vocabulary), StringComparison.Ordinal);
        return Questions.Open(clause.Opening, question);
    }

    private static bool IsPast(string verb) => verb.EndsWith("ed", StringComparison.Ordinal) || verb is "meant" or "led";

    private static string BaseOf(string verb) => verb switch
    {
        "abolished" => "abolish",
        "outlawed" => "outlaw",
        "prohibits" or "prohibited" => "prohibit",
        "guarantees" or "guaranteed" => "guarantee",
        _ => verb,
    };
}
