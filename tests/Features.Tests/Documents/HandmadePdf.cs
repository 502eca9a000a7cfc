using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Features.Tests.Documents;

/// <summary>Writes a PDF object by object, right or wrong.</summary>
internal sealed class HandmadePdf
{
    private readonly List<byte> bytes = [];
    private readonly SortedDictionary<int, long> offsets = [];

    public HandmadePdf() => Write("%PDF-1.7\n");

    /// <summary>What the trailer has besides the root and the size.</summary>
    public string Trailer { get; set; } = "";

    /// <returns>A PDF of one page that shows what the stream draws; its resources are a font and the objects that the text names.</returns>
    public static HandmadePdf OfPage(byte[] content, string dictionary = "", string resources = "") => new HandmadePdf()
        .Add(1, "<< /Type /Catalog /Pages 2 0 R >>")
        .Add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
        .Add(3, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> {resources} >> >>")
        .AddStream(4, dictionary, content)
        .Add(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

    /// <returns>The drawing of lines of text, from the top of the page.</returns>
    public static byte[] Lines(params string[] lines) =>
        Encoding.Latin1.GetBytes($"BT /F 12 Tf 14 TL 72 720 Td {string.Join(' ', lines.Select(line => $"({line}) Tj T*"))} ET");

    public static byte[] Deflate(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            write(stream);
        }

        return packed.ToArray();
    }

    public HandmadePdf Add(int number, string value)
    {
        Begin(number);
        Write(value + "\nendobj\n");
        return this;
    }

    public HandmadePdf AddStream(int number, string dictionary, byte[] content, int? length = null)
    {
        Begin(number);
        Write($"<< {dictionary} /Length {(length ?? content.Length).ToString(CultureInfo.InvariantCulture)} >>\nstream\n");
        bytes.AddRange(content);
        Write("\nendstream\nendobj\n");
        return this;
    }

    /// <param name="previous">Makes the trailer's entry for the table before this one, which is given this one's place.</param>
    public byte[] ToArray(Func<long, string>? previous = null)
    {
        var start = bytes.Count;
        var size = offsets.Keys.Max() + 1;
        Write($"xref\n0 {size.ToString(CultureInfo.InvariantCulture)}\n0000000000 65535 f \n");
        for (var number = 1; number < size; number++)
        {
            Write(offsets.TryGetValue(number, out var offset) ? $"{offset:D10} 00000 n \n" : "0000000000 00000 f \n");
        }

        Write($"trailer\n<< /Root 1 0 R /Size {size} {Trailer} {previous?.Invoke(start)} >>\nstartxref\n{start}\n%%EOF\n");
        return [.. bytes];
    }

    private void Begin(int number)
    {
        offsets[number] = bytes.Count;
        Write($"{number.ToString(CultureInfo.InvariantCulture)} 0 obj\n");
    }

    private void Write(string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));
}
