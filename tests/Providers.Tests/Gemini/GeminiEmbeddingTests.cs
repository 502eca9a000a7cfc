using Microsoft.Extensions.AI;
using Providers.Tests.Wire;
using ProviderSimulator;
using ProviderSimulator.Scripts;

namespace Providers.Tests.Gemini;

public sealed class GeminiEmbeddingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_are_made_vectors_of_unit_length_in_one_call()
    {
        await using var simulator = await Simulator.StartAsync();
        using var host = ProviderHost.Gemini(simulator.Gemini);
        var vectors = await host.Embeddings("gemini").GenerateAsync(["alpha bravo", "charlie", "alpha bravo"], cancellationToken: Token);
        Assert.Equal(3, vectors.Count);
        Assert.All(vectors, vector => Assert.Equal(1, vector.Vector.ToArray().Sum(value => value * value), tolerance: 1e-5));
        Assert.All(vectors, vector => Assert.Equal(8, vector.Vector.Length));
        Assert.Equal(vectors[0].Vector.ToArray(), vectors[2].Vector.ToArray());
        Assert.NotEqual(vectors[0].Vector.ToArray(), vectors[1].Vector.ToArray());
        var call = Assert.Single(simulator.Record.Read().Calls);
        Assert.Equal((Operation.Embeddings, "the-embedding-model", true), (call.Operation, call.Model, call.HasKey));
    }

    [Fact]
    public async Task The_call_may_ask_for_another_model_and_length()
    {
        await using var simulator = await Simulator.StartAsync();
        using var host = ProviderHost.Gemini(simulator.Gemini);
        var vectors = await host.Embeddings("gemini").GenerateAsync(["a"], new() { ModelId = "other", Dimensions = 16 }, Token);
        Assert.Equal(("other", 16), (vectors[0].ModelId, vectors[0].Vector.Length));
    }

    [Fact]
    public async Task The_request_is_what_Google_documents()
    {
        await using var server = await CannedServer.StartAsync(500, "{}");
        using var host = ProviderHost.Gemini(new($"{server.Address}/v1beta"));
        await Assert.ThrowsAsync<ProviderException>(() => host.Embeddings("gemini").GenerateAsync(["one"], cancellationToken: Token));
        Assert.StartsWith("POST /v1beta/models/the-embedding-model:batchEmbedContents\n", server.Request, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"requests":[{"model":"models/the-embedding-model","content":{"parts":[{"text":"one"}]},"outputDimensionality":8}]}""",
            server.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"embeddings":[]}""")]
    [InlineData("""{"embeddings":[{}]}""")]
    [InlineData("""{"embeddings":[null]}""")]
    [InlineData("""{"embeddings":[{"values":[0,0]}]}""")]
    [InlineData("""{"embeddings":[{"values":["secret"]}]}""")]
    [InlineData("""{"embeddings":[{"values":[1]},{"values":[1]}]}""")]
    public async Task An_answer_without_a_vector_for_each_text_is_none(string body)
    {
        await using var server = await CannedServer.StartAsync(200, body);
        using var host = ProviderHost.Gemini(new(server.Address));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => host.Embeddings("gemini").GenerateAsync(["one"], cancellationToken: Token));
        Assert.Equal(("bad-answer", true, true), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_a_fault_and_is_tried_once()
    {
        await using var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [new() { Status = 429, RetryAfter = TimeSpan.FromSeconds(3), Operation = Operation.Embeddings }] };
        using var host = ProviderHost.Gemini(simulator.Gemini);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => host.Embeddings("gemini").GenerateAsync(["one"], cancellationToken: Token));
        Assert.Equal((429, "rate-limited", true, false), failure.Facts());
        Assert.Equal(TimeSpan.FromSeconds(3), failure.Fault.RetryAfter);
        Assert.Equal(1, simulator.Record.Count().All.Calls);
    }

    [Fact]
    public void Without_a_model_there_are_none()
    {
        using var host = ProviderHost.Build(builder => builder.AddGemini(), time: null, ("GEMINI_API_KEY", "k"), ("GEMINI_MODEL", "m"));
        var exception = Assert.Throws<InvalidOperationException>(() => host.Embeddings("gemini"));
        Assert.StartsWith("Providers:Gemini:EmbeddingModel must name a model", exception.Message, StringComparison.Ordinal);
    }
}
