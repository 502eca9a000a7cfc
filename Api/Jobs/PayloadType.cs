using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Validation;
using Queueing;
using ServiceDefaults;

#pragma warning disable ASP0029 // The validation API is experimental in .NET 10; it is what AddValidation() itself calls.

namespace Api.Jobs;

/// <summary>How the payload of one job type is read and judged: as an endpoint's own parameter is.</summary>
internal sealed class PayloadType(
    JobType type, JsonSerializerOptions json, ValidationOptions validation, BodyErrors bodyErrors, IServiceProvider services)
{
    private readonly JsonTypeInfo typeInfo = json.GetTypeInfo(type.ArgsType);

    private readonly JsonReaderOptions readerOptions = new()
    {
        AllowTrailingCommas = json.AllowTrailingCommas,
        CommentHandling = json.ReadCommentHandling,
        MaxDepth = json.MaxDepth,
    };

    private readonly IValidatableInfo? rules = validation.TryGetValidatableTypeInfo(type.ArgsType, out var found) ? found : null;

    public async ValueTask<(object? Payload, IDictionary<string, string[]>? Errors)> ReadAsync(ReadOnlySequence<byte> body)
    {
        try
        {
            return await JudgeAsync(Deserialize(body), "");
        }
        catch (JsonException exception)
        {
            return (null, await ExplainAsync(body) ?? BodyErrors.OfBody(exception));
        }
    }

    /// <param name="item">One item of a batch.</param>
    /// <param name="path">Its place: "[3]".</param>
    public async ValueTask<(object? Payload, IDictionary<string, string[]>? Errors)> ReadAsync(JsonElement item, string path)
    {
        try
        {
            return await JudgeAsync(item.Deserialize(typeInfo), path);
        }
        catch (JsonException)
        {
            var errors = item.ValueKind == JsonValueKind.Object ? await bodyErrors.FindAsync(type.ArgsType, item, CancellationToken.None) : [];
            return (null, errors.Count > 0
                ? errors.ToDictionary(error => $"{path}.{error.Key}", error => error.Value)
                : new() { [path] = ["Expected an object."] });
        }
    }

    private object? Deserialize(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body, readerOptions);
        var payload = JsonSerializer.Deserialize(ref reader, typeInfo);
        reader.Read(); // Throws if there is more.
        return payload;
    }

    private async ValueTask<(object? Payload, IDictionary<string, string[]>? Errors)> JudgeAsync(object? payload, string path)
    {
        if (payload is null)
        {
            return (null, new Dictionary<string, string[]> { [path.Length == 0 ? "body" : path] = ["Expected an object."] });
        }

        if (rules is null)
        {
            return (payload, null);
        }

        var context = new ValidateContext
        {
            ValidationOptions = validation,
            ValidationContext = new(payload, type.Name, services, items: null),
            CurrentValidationPath = path,
        };
        await rules.ValidateAsync(payload, context, CancellationToken.None);
        return context.ValidationErrors is { Count: > 0 } errors ? (null, errors) : (payload, null);
    }

    /// <returns>Null when the body is no JSON object.</returns>
    private async Task<Dictionary<string, string[]>?> ExplainAsync(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var errors = document.RootElement.ValueKind == JsonValueKind.Object
                ? await bodyErrors.FindAsync(type.ArgsType, document.RootElement, CancellationToken.None)
                : [];
            return errors.Count > 0 ? errors : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
