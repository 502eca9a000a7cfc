using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Features.Jobs;

/// <summary>Asks a model for a document of a schema.</summary>
internal static class ModelAnswer
{
    extension(IChatClient chat)
    {
        /// <returns>The document, and the tokens that it took, read and written.</returns>
        /// <param name="instruction">What the model is to do with the text.</param>
        /// <param name="text">The user's text, or data as JSON.</param>
        /// <param name="options">With the schema, and how long the answer may be.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <exception cref="JsonException">The model answered something else. It may answer better when asked again.</exception>
        public async Task<(T Answer, long Tokens)> AskAsync<T>(string instruction, string text, ChatOptions options, CancellationToken cancellationToken)
            where T : class
        {
            var response = await chat.GetResponseAsync([new(ChatRole.System, instruction), new(ChatRole.User, text)], options, cancellationToken);
            var answer = JsonSerializer.Deserialize<T>(response.Text, Strict)
                ?? throw new JsonException("The model answered null instead of a document.");
            return (answer, (response.Usage?.InputTokenCount ?? 0) + (response.Usage?.OutputTokenCount ?? 0));
        }
    }

    // What the schema requires must be there: a property that is missing or null is a wrong answer, not an empty one.
    private static JsonSerializerOptions Strict { get; } = new(JsonSerializerOptions.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
