using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

public sealed class AzureTests
{
    private const string Speech = "/speech/recognition/conversation/cognitiveservices/v1?language=en-US&format=detailed";
    private const string Vision = "/computervision/imageanalysis:analyze?api-version=2024-02-01&features=read";

    private static readonly byte[] Wav = [.. "RIFF"u8, .. new byte[40], 1, 2, 3, 4];

    [Fact]
    public async Task The_same_recording_has_the_same_scores_and_another_one_others()
    {
        await using var simulator = await Simulator.StartAsync();
        var (status, first) = await PostAsync(simulator, Speech, Wav, "audio/wav");
        var (_, again) = await PostAsync(simulator, Speech, Wav, "audio/wav");
        var (_, other) = await PostAsync(simulator, Speech, [.. Wav, 5, 6], "audio/wav");
        Assert.Equal(200, status);
        Assert.Equal("Success", first.GetProperty("RecognitionStatus").GetString());
        Assert.Equal(2, first.GetProperty("NBest")[0].GetProperty("Words").GetArrayLength());
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.NotEqual(first.GetRawText(), other.GetRawText());
    }

    [Fact]
    public async Task An_error_has_Azures_form_and_the_header()
    {
        await using var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [new() { Status = 429, RetryAfter = TimeSpan.FromSeconds(2.5), Operation = Operation.Vision }] };
        using var response = await SendAsync(simulator, Vision, [1], "application/octet-stream");
        Assert.Equal((429, TimeSpan.FromSeconds(3)), ((int)response.StatusCode, response.Headers.RetryAfter!.Delta!.Value));
        Assert.Contains("\"code\":\"429\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(200, (await PostAsync(simulator, Speech, Wav, "audio/wav")).Status);
    }

    [Theory]
    [InlineData(Speech, "audio/wav", false, true, 401)]
    [InlineData(Speech, "audio/mp3", true, true, 400)]
    [InlineData(Speech, "audio/wav", true, false, 400)]
    [InlineData("/speech/recognition/conversation/cognitiveservices/v1?format=detailed", "audio/wav", true, true, 400)]
    [InlineData(Vision, "application/octet-stream", false, true, 401)]
    [InlineData(Vision, "image/png", true, true, 400)]
    [InlineData(Vision + ",smell", "application/octet-stream", true, true, 400)]
    public async Task What_it_does_not_understand_is_refused(string path, string type, bool key, bool reference, int status)
    {
        await using var simulator = await Simulator.StartAsync();
        Assert.Equal(status, (await PostAsync(simulator, path, Wav, type, key, reference)).Status);
    }

    private static async Task<(int Status, JsonElement Body)> PostAsync(
        Simulator simulator, string path, byte[] body, string type, bool key = true, bool reference = true)
    {
        using var response = await SendAsync(simulator, path, body, type, key, reference);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Simulator simulator, string path, byte[] body, string type, bool key = true, bool reference = true)
    {
        using var http = new HttpClient { BaseAddress = simulator.Address };
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (key)
        {
            http.DefaultRequestHeaders.Add("Ocp-Apim-Subscription-Key", "any");
        }

        if (reference)
        {
            http.DefaultRequestHeaders.Add("Pronunciation-Assessment", Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"ReferenceText":"good morning"}""")));
        }

        return await http.PostAsync(path, content, TestContext.Current.CancellationToken);
    }
}
