using System.Text.Json;

namespace Providers.Local;

/// <summary>One kind of structured answer, chosen by the name of the JSON schema that a caller asks for.</summary>
internal interface ILocalSkill
{
    string SchemaName { get; }

    /// <returns>The JSON text of the answer.</returns>
    string Answer(string text, JsonElement schema, CancellationToken cancellationToken);
}
