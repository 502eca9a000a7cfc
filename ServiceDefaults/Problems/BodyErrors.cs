using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

#pragma warning disable ASP0029 // The validation API is experimental in .NET 10; it is what AddValidation() itself calls.

namespace ServiceDefaults;

/// <summary>
/// Reads a refused body a second time, field by field, to name every field at fault: the reader of the first time
/// stopped at one.
/// </summary>
public sealed class BodyErrors(IOptions<JsonOptions> json, IOptions<ValidationOptions> validation, IServiceProvider services)
{
    /// <summary>What is said of a body that has no fields to name.</summary>
    // The reader of JSON says "could not be converted" of JSON that is no object, and anything else of what is no JSON.
    public static Dictionary<string, string[]> OfBody(JsonException exception) => new()
    {
        ["body"] = [exception.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? "Expected an object."
            : $"Expected JSON; it breaks off at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}."],
    };

    /// <returns>The fields of an object at fault and what was expected of each.</returns>
    public async Task<Dictionary<string, string[]>> FindAsync(Type type, JsonElement body, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase); // Validation writes names with a capital.
        var good = new Dictionary<string, JsonElement>();
        var fields = json.Value.SerializerOptions.GetTypeInfo(type).Properties.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in body.EnumerateObject())
        {
            if (fields.TryGetValue(member.Name, out var field) && !Fits(member.Value, field))
            {
                errors[field.Name] = [$"Expected {FieldTypes.NameOf(field.PropertyType)}."];
            }
            else
            {
                good[member.Name] = member.Value;
            }
        }

        await AddInvalidAsync(type, good, errors, cancellationToken);
        return errors;
    }

    /// <returns>The same for the body of a request; null when it is no JSON object or takes no fields.</returns>
    internal async Task<Dictionary<string, string[]>?> FindAsync(HttpContext context, CancellationToken cancellationToken) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type
        && await ReadObjectAsync(context.Request, cancellationToken) is { } body
            ? await FindAsync(type, body, cancellationToken)
            : null;

    private static async Task<JsonElement?> ReadObjectAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.Body.Position = 0;
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool Fits(JsonElement value, JsonPropertyInfo field)
    {
        try
        {
            value.Deserialize(field.PropertyType, json.Value.SerializerOptions);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // What is left of the body is judged by the same rules as a body that could be read.
    private async Task AddInvalidAsync(
        Type type, Dictionary<string, JsonElement> good, Dictionary<string, string[]> errors, CancellationToken cancellationToken)
    {
        if (!validation.Value.TryGetValidatableTypeInfo(type, out var rules)
            || JsonSerializer.SerializeToElement(good).Deserialize(type, json.Value.SerializerOptions) is not { } value)
        {
            return;
        }

        var context = new ValidateContext
        {
            ValidationOptions = validation.Value,
            ValidationContext = new(value, services, items: null),
        };
        await rules.ValidateAsync(value, context, cancellationToken);
        foreach (var (field, messages) in context.ValidationErrors ?? [])
        {
            errors.TryAdd(field, messages);
        }
    }
}
