using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Providers.Tests.Embeddings;

public sealed class LocalEmbeddingTests : IDisposable
{
    private const int Dimensions = 512;

    private readonly IHost host;
    private readonly IEmbeddingGenerator<string, Embedding<float>> generator;

    public LocalEmbeddingTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddLocalEmbeddings();
        host = builder.Build();
        generator = host.Services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("local");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("The mitochondrion is the powerhouse of the cell.")]
    [InlineData("plot")]
    [InlineData("Zwei Wörter, naïve café, 数学")]
    public async Task A_vector_has_a_length_of_one(string text) =>
        Assert.Equal(1, await LikenessAsync(text, text), 1e-5);

    [Theory]
    [InlineData("")]
    [InlineData("... ?!")]
    [InlineData("it is not the")]
    [InlineData("\0\uD800")]
    public async Task A_text_without_a_word_that_says_anything_has_no_direction(string text) =>
        Assert.All(await VectorAsync(text), value => Assert.Equal(0, value));

    [Fact]
    public async Task A_vector_is_the_same_in_every_process_and_on_every_machine() =>
        Assert.Equal("22adddb74c34720c", await FingerprintAsync("How do I fit a curve to noisy data? Fitting, fitted, fits; colour."));

    [Theory]
    [InlineData("plot the contours", "plotting a contour", "painting a portrait")]
    [InlineData("the colour of lines", "line color", "line width")]
    [InlineData("division of integers", "dividing an integer", "summing an integer")]
    public async Task Forms_and_spellings_of_a_word_are_near_each_other(string text, string near, string far) =>
        Assert.True(await LikenessAsync(text, near) > await LikenessAsync(text, far) + 0.02);

    [Fact]
    public async Task Words_that_are_in_every_text_bring_nothing_near() =>
        Assert.True(await LikenessAsync("How do I get the use of a lever?", "How do I get the use of a comet?") < await LikenessAsync("lever", "the use of a lever") / 2);

    [Fact]
    public async Task A_word_said_often_weighs_more_but_not_as_often_as_it_is_said()
    {
        var often = string.Join(' ', Enumerable.Repeat("lever", 20)) + " pulley";
        var (lever, pulley) = (await LikenessAsync("lever", often), await LikenessAsync("pulley", often));
        Assert.InRange(lever / pulley, 2, 6);
    }

    [Fact]
    public async Task Usage_counts_words_and_punctuation_marks()
    {
        var embeddings = await generator.GenerateAsync(["Hello, world.", "Again"], cancellationToken: Token);
        Assert.Equal((5, 5), (embeddings.Usage?.InputTokenCount, embeddings.Usage?.TotalTokenCount));
        Assert.All(embeddings, embedding => Assert.Equal(("local-hashed-512", Dimensions), (embedding.ModelId, embedding.Vector.Length)));
        Assert.Equal(("local", "local-hashed-512", Dimensions), generator.GetService<EmbeddingGeneratorMetadata>() is { } told
            ? (told.ProviderName, told.DefaultModelId, told.DefaultModelDimensions)
            : default);
    }

    [Fact]
    public async Task Another_model_or_length_is_refused()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => generator.GenerateAsync(["a"], new() { Dimensions = 64 }, Token));
        await Assert.ThrowsAsync<NotSupportedException>(() => generator.GenerateAsync(["a"], new() { ModelId = "text-embedding-3-small" }, Token));
        Assert.Single(await generator.GenerateAsync(["a"], new() { ModelId = "local-hashed-512", Dimensions = Dimensions }, Token));
    }

    private async Task<float> LikenessAsync(string one, string other) => (await VectorAsync(one)).Zip(await VectorAsync(other), (a, b) => a * b).Sum();

    private async Task<float[]> VectorAsync(string text) => (await generator.GenerateAsync([text], cancellationToken: Token))[0].Vector.ToArray();

    private async Task<string> FingerprintAsync(string text)
    {
        // To four digits: what is asked is which dimensions a feature goes to, and how it weighs.
        int[] digits = [.. (await VectorAsync(text)).Select(value => (int)MathF.Round(value * 10_000))];
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(digits)))[..16];
    }
}
