using System.Text.Json;

namespace Providers.Local.Lessons;

internal sealed class LessonSkill : ILocalSkill
{
    public string SchemaName => "lesson";

    public string Answer(string text, JsonElement schema, CancellationToken cancellationToken) => SkillJson.Write(LessonWriter.Write(text, cancellationToken));
}
