using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The reader of event streams, against the HTML standard (section 9.2.6).</summary>
[Collection(nameof(Topology))]
public sealed class SseParserTests(Topology topology)
{
    private const string Parse = """
        async (chunks) => {
          const { SseParser } = await import('/job-events/sse-parser.js');
          const parser = new SseParser();
          const events = [];
          for (const chunk of chunks) {
            events.push(...[...parser.push(Uint8Array.from(atob(chunk), (c) => c.charCodeAt(0)))].map(({ name, id, data }) => `${name}|${id}|${data}`));
          }

          return JSON.stringify([events, parser.lastEventId, parser.retry]);
        }
        """;

    // Everything at once: a byte order mark, each kind of line end, fields without a value or a space, characters of 2 to 4 bytes.
    private const string Nasty =
        "\uFEFF: a comment\r\nretry: 2500\r\rid: 1\nevent: größe\ndata: first\r\ndata:second\rdata:  third\n\r\n"
        + "data\n\ndata\ndata\n\nid\ndata: 😀\n\n:\n\nevent: nothing\n\nid: a\u0000b\ndata: null in the id\n\nid: 2\n\nretry: 1x\nunknown: x\ndata: {\"a\":\"€\"}\n\nid: 9\ndata: cut off";

    private const string Read =
        """[["größe|1|first\nsecond\n third","message|1|","message|1|\n","message||😀","message||null in the id","message|2|{\"a\":\"€\"}"],"2",2500]""";

    public static TheoryData<string, string> Streams => new()
    {
        { Nasty, Read },
        { "data: one line end after another\r\n\r\n\r\n\r\ndata: x\r\n\r\n", """[["message||one line end after another","message||x"],null,null]""" },
        { "data: \uFEFFin the middle\n\n", "[[\"message||\uFEFFin the middle\"],null,null]" },
        { "DATA: fields have case\n\n data: nor a space before\n\n", "[[],null,null]" },
        { "data: a:b: c\nid:x y \n\n", """[["message|x y |a:b: c"],"x y ",null]""" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_is_read_as_the_standard_says_wherever_it_is_cut(string stream, string read)
    {
        var page = await topology.OpenAsync(topology.Api);
        var bytes = Encoding.UTF8.GetBytes(stream);
        var parsed = new List<string> { await ParseAsync(page, [bytes]), await ParseAsync(page, [.. bytes.Select(one => new[] { one })]) };
        for (var at = 1; at < bytes.Length; at++)
        {
            parsed.Add(await ParseAsync(page, [bytes[..at], bytes[at..]]));
        }

        Assert.Equal([read], parsed.Distinct());
    }

    [Fact]
    public async Task An_event_counts_when_it_is_whole_and_so_does_its_id()
    {
        var page = await topology.OpenAsync(topology.Api);

        Assert.Equal("""[["message|7|a"],"7",null]""", await ParseAsync(page, [Encoding.UTF8.GetBytes("id: 7\ndata: a\n\nid: 8\ndata: b\n")]));
    }

    [Fact]
    public async Task An_event_is_told_without_waiting_for_the_line_feed_after_a_carriage_return()
    {
        var page = await topology.OpenAsync(topology.Api);

        Assert.Equal("""[["message||a"],null,null]""", await ParseAsync(page, [Encoding.UTF8.GetBytes("data: a\r\n\r")]));
    }

    private static async Task<string> ParseAsync(IPage page, byte[][] chunks) =>
        await page.EvaluateAsync<string>(Parse, chunks.Select(Convert.ToBase64String).ToArray());
}
