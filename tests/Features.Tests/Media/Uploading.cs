using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Features.Tests.Media;

/// <summary>Forms, as clients post them.</summary>
internal static class Uploading
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static MultipartFormDataContent Form(byte[]? file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (file is not null)
        {
            form.Add(new ByteArrayContent(file), "file", "any.bin");
        }

        return form;
    }

    /// <summary>Posts a form with headers, such as "Prefer: wait=1".</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string url, HttpContent form, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = form };
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.Add(header[..colon], header[(colon + 1)..].Trim());
        }

        return await client.SendAsync(request, Cancellation);
    }

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));

    /// <returns>The fields that a refusal names.</returns>
    public static async Task<string> BadFieldsAsync(this HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return string.Join(' ', (await response.ReadAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    /// <returns>The type of a problem document, which every refusal is.</returns>
    public static async Task<string?> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return (await response.ReadAsync()).GetProperty("type").GetString();
    }
}
