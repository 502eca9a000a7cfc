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
internal sealed class BodyErrors(IOptions<JsonOptions> json, IOptions<ValidationOptions> validation, IServiceProvider services)
{
    /// <returns>The fields at fault and what was expected of each; null when the body is no JSON object or takes no fields.</returns>
    public async Task<Dictionary<string, string[]>?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type
            || await ReadObjectAsync(context.Request, cancellationToken) is not { } body)
        {
            return null;
        }

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
