using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Queueing.Reuse;

/// <summary>What makes two jobs the same: SHA-256 of their type, payload, variant and owner.</summary>
internal static class ContentHash
{
    /// <param name="type">The type's name.</param>
    /// <param name="args">The payload as JSON. The order of members and white space don't matter.</param>
    /// <param name="without">Top-level members that don't either.</param>
    /// <param name="variant">What else the result depends on.</param>
    /// <param name="owner">Whose it is; null where that doesn't matter.</param>
    public static byte[] Of(string type, string args, IReadOnlyList<string> without, string variant, string? owner)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            using var document = JsonDocument.Parse(args);
            writer.WriteStartArray();
            writer.WriteStringValue(type);
            Write(writer, document.RootElement, without);
            writer.WriteStringValue(variant);
            writer.WriteStringValue(owner);
            writer.WriteEndArray();
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, IReadOnlyList<string> without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    if (!without.Contains(member.Name, StringComparer.Ordinal))
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value, []);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, []);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
