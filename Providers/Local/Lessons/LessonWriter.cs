using Providers.Local.Flashcards;
using Providers.Local.Reading;

namespace Providers.Local.Lessons;

/// <summary>Makes a lesson of a text: its parts with what is most important in each, the terms that it defines, and questions that it answers.</summary>
internal static class LessonWriter
{
    private const int MostSentences = 6; // Of a section.
    private const int KeyPoints = 2;
    private const int SummarySentences = 3;
    private const int ParagraphsWithoutHeading = 3;
    private const int MostTerms = 10;
    private const int MostQuestions = 5;
    private const int CardsToChooseFrom = 40;

    public static Lesson Write(string text, CancellationToken cancellationToken)
    {
        var page = Page.Read(text);
        var weights = new TermWeights(page);
        var dangling = new Dangling(page.Vocabulary);
        List<(LessonSection Section, string First)> sections = [];
        var (title, parts) = PartsOf(text);
        foreach (var part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = part.Paragraphs.SelectMany(paragraph => SentenceSplitter.Split(paragraph)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Sentence[] sentences = [.. page.Sentences.Where(sentence => own.Contains(sentence.Source))];
            if (sentences.Length == 0)
            {
                continue;
            }

            var best = sentences.OrderByDescending(weights.Of).ToList();
            Sentence[] told = [.. best.Take(MostSentences).Union([sentences[0]]).OrderBy(sentence => sentence.Index)];
            Sentence[] alone = [.. best.Where(sentence => !dangling.In(sentence.Text, sentence.Index))];
            sections.Add((
                new(
                    part.Heading ?? TermOf(alone.FirstOrDefault() ?? best[0], weights),
                    string.Join(' ', told.Select(sentence => sentence.Source)),
                    [.. alone.Take(KeyPoints).OrderBy(sentence => sentence.Index).Select(sentence => sentence.Source)]),
                sentences[0].Source)); // What opens a part leans on nothing before it.
        }

        var cards = FlashcardWriter.Write(text, CardsToChooseFrom, cancellationToken);
        return new(
            title ?? sections.FirstOrDefault().Section?.Heading ?? "",
            string.Join(' ', sections.Select(section => section.First).Take(SummarySentences)),
            [.. sections.Select(section => section.Section)],
            [.. cards.Select(TermOf).OfType<KeyTerm>().Take(MostTerms)],
            [.. cards.Where(card => !card.IsCloze).Take(MostQuestions).Select(card => new LessonQuestion(card.Question, card.Answer))]);
    }

    // A heading above another one is the whole text's.
    private static (string? Title, List<Part> Parts) PartsOf(string text)
    {
        var blocks = BlockReader.Read(text);
        var title = blocks is [{ IsHeading: true }, { IsHeading: true }, ..] ? blocks[0].Text : null;
        List<Part> parts = [new(null, [])];
        foreach (var block in blocks.Skip(title is null ? 0 : 1))
        {
            if (block.IsHeading)
            {
                parts.Add(new(block.Text, []));
            }
            else
            {
                if (parts[^1] is { Heading: null, Paragraphs.Count: ParagraphsWithoutHeading })
                {
                    parts.Add(new(null, []));
                }

                parts[^1].Paragraphs.Add(block.Text);
            }
        }

        return (title, parts);
    }

    private static string TermOf(Sentence sentence, TermWeights weights)
    {
        var terms = TermExtractor.Candidates(sentence).ToList();
        var words = terms.Count == 0 ? sentence.Words[0].Text : string.Join(' ', terms.MaxBy(weights.Of).Words.Select(word => word.Text));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static KeyTerm? TermOf(Card card)
    {
        foreach (var opening in (ReadOnlySpan<string>)["What is ", "What are "])
        {
            if (card.Question.StartsWith(opening, StringComparison.Ordinal) && card.Question.Length > opening.Length + 1)
            {
                var term = card.Question[opening.Length..^1];
                return new(char.ToUpperInvariant(term[0]) + term[1..], card.Answer);
            }
        }

        return null;
    }

    private sealed record Part(string? Heading, List<string> Paragraphs);
}
