using System.Text.Json;

namespace Queueing;

/// <summary>How payloads, results and errors are written: as the HTTP contract writes them.</summary>
internal static class JobJson
{
    public static JsonSerializerOptions Options => JsonSerializerOptions.Web;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Writes a value whose static type says nothing, such as a handler's result, by its runtime type.</summary>
    public static string? WriteUntyped(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);
}
