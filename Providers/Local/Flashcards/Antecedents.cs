using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>Whether each pronoun finds, earlier in the same sentence, something that it can stand for.</summary>
internal static class Antecedents
{
    public static bool AreMissing(string text, List<Word> words, Vocabulary vocabulary)
    {
        for (var index = 0; index < words.Count; index++)
        {
            if (IsPersonal(words[index].Bare)
                && (IsInOpeningPhrase(text, words, index) || !HasAntecedent(text, words, index, vocabulary)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPersonal(string lower) => lower is "it" or "its" or "itself" or "they" or "them" or "their"
        or "theirs" or "themselves" or "he" or "him" or "his" or "himself" or "she" or "her" or "hers" or "herself";

    private static bool IsInOpeningPhrase(string text, List<Word> words, int index)
    {
        var first = words[0].Lower;
        return (FunctionWords.Prepositions.Contains(first) || FunctionWords.Subordinators.Contains(first))
            && text.IndexOf(',', StringComparison.Ordinal) is var comma && (comma < 0 || words[index].Start < comma);
    }

    private static bool HasAntecedent(string text, List<Word> words, int index, Vocabulary vocabulary)
    {
        var lower = words[index].Bare;
        var earlier = words.Take(index).Where(word => !FunctionWords.Contains(word.Lower) && !word.IsNumber).ToList();
        var found = lower switch
        {
            "it" or "its" or "itself" => earlier.Any(word => !Verbs.Contains(word.Lower)
                && (!Nouns.IsPlural(word.Lower) || vocabulary.IsName(word))),
            "they" or "them" or "their" or "theirs" or "themselves" => earlier.Any(word => Nouns.IsPlural(word.Lower))
                || words.Take(index).Any(word => word.Lower is "and" or "each" or "every" or "who"),
            _ => words.Take(index).Index().Any(item => Nouns.IsPerson(item.Item.Lower)
                || (!FunctionWords.Contains(item.Item.Lower) && vocabulary.IsName(item.Item)
                    && !(item.Index > 0 && words[item.Index - 1].Lower is "in" or "at" or "from" or "to" or "near"))),
        };
        var isObject = lower is "it" or "them" or "him";
        var opensWithPerson = words.Count > 1 && words[0].IsCapitalised && words[1].IsCapitalised;
        var namesOnly = lower == "it" && earlier.All(word => Verbs.Contains(word.Lower)
            || (word.IsCapitalised && (opensWithPerson || word != words[0])));
        return found && !namesOnly && (!isObject || text.AsSpan(0, words[index].Start).Contains(',')
            || words.Skip(1).Take(index - 1).Any(word => OpensClause(word.Lower)));
    }

    private static bool OpensClause(string lower) =>
        FunctionWords.Conjunctions.Contains(lower) || FunctionWords.Subordinators.Contains(lower) || lower is "by" or "to";
}
