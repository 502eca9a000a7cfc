using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AppHost.Tests;

/// <summary>A span as an OTLP exporter sent it.</summary>
public sealed record Span(string TraceId, string SpanId, string ParentId, string Name);

/// <summary>Receives traces by OTLP over HTTP, as far as a test needs them.</summary>
public sealed class TraceCollector : IAsyncDisposable
{
    private readonly ConcurrentBag<Span> spans = [];
    private WebApplication app = null!;

    public string Address => app.Urls.First();

    public IReadOnlyCollection<Span> Spans => spans;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/v1/traces", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Read(body.ToArray());
        });
        app.MapFallback(() => Results.Ok()); // Metrics and logs.
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    // ExportTraceServiceRequest.resource_spans = 1, ResourceSpans.scope_spans = 2, ScopeSpans.spans = 2.
    private void Read(byte[] request)
    {
        foreach (var span in Fields(request, 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2)))
        {
            spans.Add(new(
                Hex(Fields(span, 1)), Hex(Fields(span, 2)), Hex(Fields(span, 4)), System.Text.Encoding.UTF8.GetString(Fields(span, 5).Single())));
        }
    }

    private static string Hex(IEnumerable<byte[]> field) => Convert.ToHexStringLower(field.FirstOrDefault([]));

    /// <summary>The length-delimited fields of a protobuf message with this number.</summary>
    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        var reader = new CodedInputStream(message);
        while (reader.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                found.Add(reader.ReadBytes().ToByteArray());
            }
            else
            {
                reader.SkipLastField();
            }
        }

        return found;
    }
}
