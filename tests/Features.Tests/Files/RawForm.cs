using System.Net.Sockets;
using System.Text;
using Features.Tests.Media;

namespace Features.Tests.Files;

/// <summary>Forms that no library writes.</summary>
internal static class RawForm
{
    public const string Boundary = "cut-here";

    /// <summary>The bytes of a form; each string is Latin-1, so that it may have any byte.</summary>
    public static byte[] Bytes(params string[] parts) => Encoding.Latin1.GetBytes(string.Concat(parts));

    public static string Part(string headers, string content, string boundary = Boundary) => $"--{boundary}\r\n{headers}\r\n\r\n{content}\r\n";

    /// <summary>A part with a file.</summary>
    /// <param name="content">Its bytes, as Latin-1.</param>
    /// <param name="name">What follows <c>filename</c>.</param>
    public static string File(string content, string name = "=\"a.png\"") => Part($"Content-Disposition: form-data; name=\"file\"; filename{name}", content);

    public static string Field(string name, string value) => Part($"Content-Disposition: form-data; name=\"{name}\"", value);

    public static string End(string boundary = Boundary) => $"--{boundary}--\r\n";

    public static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    public static HttpContent Content(byte[] form, string boundary = Boundary)
    {
        var content = new ByteArrayContent(form);
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        return content;
    }

    /// <summary>A client that posts the beginning of a form and then says no more.</summary>
    public static async Task<Socket> BeginAsync(MediaHost host, string url, byte[] beginning)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", host.Address.Port, TestContext.Current.CancellationToken);
        var head = $"POST {url} HTTP/1.1\r\nHost: localhost\r\nuser-id: test\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: 10000000\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        await socket.SendAsync(beginning, TestContext.Current.CancellationToken);
        return socket;
    }
}
