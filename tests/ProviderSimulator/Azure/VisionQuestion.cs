using System.Security.Cryptography;
using ProviderSimulator.Answers;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Azure;

/// <summary>An analysis. Its text has the beginning of the image's SHA-256, which is all that it sees of it.</summary>
internal sealed class VisionQuestion : Question
{
    public required byte[] Image { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public override object Whole(Reply reply, string id, long created) => Analysis(["simulated text", Convert.ToHexStringLower(SHA256.HashData(Image))[..8]]);

    /// <summary>Nothing is written in it.</summary>
    public override object Nothing(string id, long created) => Analysis([]);

    private Dictionary<string, object> Analysis(IReadOnlyList<string> lines)
    {
        Dictionary<string, object> answer = new() { ["modelVersion"] = "2023-10-01" };
        if (Features.Contains("read"))
        {
            answer["readResult"] = new { blocks = lines.Count > 0 ? new[] { new { lines = lines.Select(LineOf).ToArray() } } : [] };
        }

        if (Features.Contains("caption"))
        {
            answer["captionResult"] = new { text = "a simulated image", confidence = 0.8 };
        }

        if (Features.Contains("tags"))
        {
            answer["tagsResult"] = new { values = new[] { new { name = "text", confidence = 0.9 }, new { name = "image", confidence = 0.6 } } };
        }

        return answer;
    }

    private static object LineOf(string text) => new
    {
        text,
        words = text.Split(' ').Select((word, index) => new { text = word, confidence = index == 0 ? 0.9 : 0.7 }).ToArray(),
    };
}
