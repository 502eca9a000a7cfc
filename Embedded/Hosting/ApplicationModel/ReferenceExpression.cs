using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with holes that are filled when the application starts: <c>ReferenceExpression.Create($"Port={endpoint}")</c>.</summary>
public sealed class ReferenceExpression : IValueProvider
{
    private readonly IReadOnlyList<IValueProvider> parts;

    private ReferenceExpression(IReadOnlyList<IValueProvider> parts) => this.parts = parts;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var texts = new List<string?>(parts.Count);
        foreach (var part in parts)
        {
            texts.Add(await part.GetValueAsync(cancellationToken));
        }
        return string.Concat(texts);
    }

    [InterpolatedStringHandler]
    public readonly struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        internal List<IValueProvider> Parts { get; } = new((literalLength > 0 ? 1 : 0) + (2 * formattedCount));

        public void AppendLiteral(string value) => Parts.Add(new Literal(value));

        public void AppendFormatted(string? value) => AppendLiteral(value ?? "");

        public void AppendFormatted<T>(T value) where T : IValueProvider => Parts.Add(value);

        /// <param name="value">What fills the hole.</param>
        /// <param name="format"><c>uri</c> escapes the value for use in an address.</param>
        public void AppendFormatted<T>(T value, string format) where T : IValueProvider => Parts.Add(
            format == "uri" ? new UriEscaped(value) : throw new FormatException($"The format '{format}' is not known here; 'uri' is."));
    }

    private sealed class Literal(string text) : IValueProvider
    {
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(text);
    }

    private sealed class UriEscaped(IValueProvider inner) : IValueProvider
    {
        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
            Uri.EscapeDataString(await inner.GetValueAsync(cancellationToken) ?? "");
    }
}
