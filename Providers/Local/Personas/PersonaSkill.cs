using System.Text.Json;
using Providers.Local.Reading;

namespace Providers.Local.Personas;

/// <summary>
/// Says which persona a text speaks of: the one whose description shares the most of its words. The personas are the schema's <c>enum</c>, and
/// the description beside it says "name: words" on a line for each.
/// </summary>
internal sealed class PersonaSkill : ILocalSkill
{
    private const int MostReasons = 3;

    public string SchemaName => "persona";

    public string Answer(string text, JsonElement schema, CancellationToken cancellationToken)
    {
        var persona = schema.GetProperty("properties").GetProperty("persona");
        var names = persona.GetProperty("enum").EnumerateArray().Select(name => name.GetString()!).ToList(); // A schema of texts.
        var lines = persona.GetProperty("description").GetString()!.Split('\n');
        var descriptions = names.ToDictionary(name => name, name => ContentStems.Of(lines.FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.Ordinal)) ?? ""));
        var sentences = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => SentenceSplitter.Split(line, withRest: true))
            .Select(sentence => (Text: sentence, Stems: ContentStems.Of(sentence)))
            .ToList();
        var scores = names.Select(name => (Name: name, Score: sentences.Sum(sentence => sentence.Stems.Count(descriptions[name].Contains)))).ToList();
        var best = scores.MaxBy(score => score.Score);
        var all = scores.Sum(score => score.Score);
        return SkillJson.Write(new Classification(
            best.Name,
            all == 0 ? 0 : Math.Round((double)best.Score / all, 2),
            [.. sentences
                .Select(sentence => (sentence.Text, Shared: sentence.Stems.Count(descriptions[best.Name].Contains)))
                .Where(sentence => sentence.Shared > 0)
                .OrderByDescending(sentence => sentence.Shared)
                .Take(MostReasons)
                .Select(sentence => sentence.Text)]));
    }

    private sealed record Classification(string Persona, double Confidence, IReadOnlyList<string> Reasons);
}
