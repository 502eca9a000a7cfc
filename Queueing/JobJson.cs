using System.Text.Encodings.Web;
using System.Text.Json;

namespace Queueing;

/// <summary>How payloads, results and errors are written: as the HTTP contract writes them.</summary>
public static class JobJson
{
    /// <summary>The options; not to be changed.</summary>
    // Relaxed: text is stored and sent as people read it. It is JSON, never HTML, wherever it goes.
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] WriteBytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Writes a value whose static type says nothing, such as a handler's result, by its runtime type.</summary>
    internal static string? WriteUntyped(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);
}
