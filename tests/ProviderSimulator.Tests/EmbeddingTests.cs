using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ProviderSimulator.Answers;

namespace ProviderSimulator.Tests;

public sealed class EmbeddingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_official_client_reads_a_vector_for_each_text_in_order()
    {
        await using var simulator = await Simulator.StartAsync();

        var vectors = await simulator.Embeddings().GenerateAsync(["a cell", "a nucleus in it"], new() { Dimensions = 64 }, Cancelled);

        Assert.Equal([WordVector.Of("a cell", 64), WordVector.Of("a nucleus in it", 64)], vectors.Select(vector => vector.Vector.ToArray()));
        Assert.Equal(6, vectors.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task Both_encodings_carry_the_same_vector()
    {
        await using var simulator = await Simulator.StartAsync();

        var numbers = (await AskAsync(simulator, "float")).EnumerateArray().Select(number => number.GetSingle());
        var bytes = Convert.FromBase64String((await AskAsync(simulator, "base64")).GetString()!);

        Assert.Equal(WordVector.Of("a cell", 1536), numbers);
        Assert.Equal(WordVector.Of("a cell", 1536), bytes.Chunk(4).Select(four => BitConverter.ToSingle(four)));
    }

    [Fact]
    public void Texts_that_share_words_are_nearer_than_those_that_do_not()
    {
        var cell = WordVector.Of("the cell has a nucleus", 256);

        Assert.Equal(1, Likeness(cell, cell), 0.0001);
        Assert.True(Likeness(cell, WordVector.Of("the cell has a membrane", 256)) > Likeness(cell, WordVector.Of("ships sail", 256)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("[\"a\", \"\"]")]
    public async Task Texts_that_are_empty_are_refused(string input)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync("/v1/embeddings", new { model = "e", input = input.Length > 0 ? (object)JsonElement.Parse(input) : input });

        Assert.Equal(400, (int)response.StatusCode);
    }

    private static async Task<JsonElement> AskAsync(Simulator simulator, string encoding)
    {
        using var response = await simulator.PostAsync("/v1/embeddings", new { model = "e", input = "a cell", encoding_format = encoding });
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return body.GetProperty("data")[0].GetProperty("embedding");
    }

    private static double Likeness(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();
}
