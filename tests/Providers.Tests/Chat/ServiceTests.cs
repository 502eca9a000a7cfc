using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers.Tests.Azure;
using ProviderSimulator;
using Queueing;

namespace Providers.Tests.Chat;

/// <summary>Speech, vision and vectors under the same guard as chats.</summary>
public sealed class ServiceTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task A_recording_that_is_judged_has_its_price_and_the_usage_says_by_whom()
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(
            simulator, builder => builder.AddSpeech(), ("Speech:Chain:0", "azure-speech"), ("Guard:azure-speech:Prices:*:PerCall", "0.02"));

        var job = await host.EndOfAsync(await host.UseAsync(AssessAsync));

        Assert.Equal((JobState.Completed, new JobUsage("azure-speech", "", 0, 0, 0.02m)), (job.Status, job.Usage));
        Assert.Equal(0.02m, await host.SpentAsync());
    }

    [Fact]
    public async Task The_next_one_reads_an_image_where_the_first_is_not_installed()
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(
            simulator,
            builder => builder.AddVision(),
            ("Vision:Chain:0", "tesseract"),
            ("Vision:Chain:1", "azure-vision"),
            ("Providers:Tesseract:Program", "/nowhere/tesseract"));

        var job = await host.EndOfAsync(await host.UseAsync(ReadAsync));

        Assert.Equal(new JobUsage("azure-vision", "", 0, 0, 0, "tesseract: not-installed"), job.Usage);
    }

    [Fact]
    public async Task Where_there_is_no_next_one_the_job_fails_for_good_with_what_to_install()
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(simulator, builder => builder.AddVision(), ("Providers:Tesseract:Program", "/nowhere/tesseract"));

        var job = await host.EndOfAsync(await host.UseAsync(ReadAsync));

        Assert.Equal((JobState.Failed, "not-installed", 1), (job.Status, job.Error!.Type, job.Attempt));
        Assert.Contains("tesseract-ocr-eng", job.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AZURE_VISION_RATE_LIMIT_RPM")]
    [InlineData("Guard:azure-vision:Throttle:RequestsPerMinute")]
    public async Task The_limits_of_images_are_their_own(string setting)
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(
            simulator, builder => builder.AddVision(), ("Vision:Chain:0", "azure-vision"), (setting, "1"), ("Guard:azure-vision:Throttle:LongestWait", "00:00:00"));

        await host.EndOfAsync(await host.UseAsync(ReadAsync));
        var second = await host.UseAsync(ReadAsync);
        await Eventually.TrueAsync(async () => await host.WaitsForAsync(second) == "throttle");

        Assert.Equal(JobState.Completed, (await host.AskAsync(new())).Status);
        Assert.Equal(2, simulator.Record.Count().All.Calls);
    }

    [Fact]
    public async Task A_recording_that_is_none_fails_for_good_and_says_why()
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(simulator, builder => builder.AddSpeech());

        var job = await host.EndOfAsync(await host.UseAsync((_, _) => Task.FromResult<object?>(SpeechRecording.Read([1, 2, 3]))));

        Assert.Equal((JobState.Failed, "bad-media", 1), (job.Status, job.Error!.Type, job.Attempt));
    }

    [Fact]
    public async Task Vectors_are_counted_and_paid_for_by_the_tokens_of_their_texts()
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(
            simulator, builder => builder.AddEmbeddings(), ("Embeddings:Provider", "openai"), ("Providers:OpenAI:EmbeddingModel", "vectors"));

        var job = await host.EndOfAsync(await host.UseAsync(async (services, token) =>
            (await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["one two", "three"], cancellationToken: token)).Count));

        Assert.Equal("2", job.Result!.Value.GetRawText());
        Assert.Equal(new JobUsage("openai", "vectors", 3, 0, 3 * ChatHost.InputPrice), job.Usage);
        Assert.Equal(simulator.Record.Count().All.Cost, await host.SpentAsync());
    }

    [Fact]
    public async Task Vectors_are_the_local_ones_by_default_and_free()
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(simulator, builder => builder.AddEmbeddings());

        var job = await host.EndOfAsync(await host.UseAsync(async (services, token) =>
            (await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["one, two", "three"], cancellationToken: token)).Count));

        Assert.Equal("2", job.Result!.Value.GetRawText());
        Assert.Equal(new JobUsage("local", "local-hashed-512", 4, 0, 0), job.Usage);
        Assert.Equal(0, simulator.Record.Count().All.Calls);
    }

    [Theory]
    [InlineData("", "Embeddings:Provider is '': expected openai, gemini or local.")]
    [InlineData("azure-vision", "Embeddings:Provider is 'azure-vision': expected openai, gemini or local.")]
    public async Task A_provider_without_vectors_is_refused(string provider, string message)
    {
        await using var simulator = await ChatHost.StartSimulatorAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            StartAsync(simulator, builder => builder.AddEmbeddings(), ("Embeddings:Provider", provider)));

        Assert.Equal(message, exception.Message);
    }

    private static async Task<object?> AssessAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await services.GetRequiredService<IPronunciationAssessor>().AssessAsync(AzureCalls.Recording(), "Good morning.", cancellationToken: cancellationToken);

    private static async Task<object?> ReadAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await services.GetRequiredService<IImageReader>().ReadAsync(AzureCalls.Image, cancellationToken);

    private async Task<ChatHost> StartAsync(Simulator simulator, Action<IHostApplicationBuilder> add, params (string Name, string? Value)[] settings) =>
        await ChatHost.StartAsync(
            await postgres.CreateDatabaseAsync(),
            simulator,
            gemini: null,
            redis: null,
            add,
            [
                ("Providers:AzureSpeech:Endpoint", simulator.Azure.ToString()),
                ("Providers:AzureSpeech:ApiKey", "any"),
                ("Providers:AzureVision:Endpoint", simulator.Azure.ToString()),
                ("Providers:AzureVision:ApiKey", "any"),
                .. settings,
            ]);
}
