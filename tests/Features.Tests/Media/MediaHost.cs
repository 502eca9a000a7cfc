using System.Net.Http.Json;
using System.Text.Json;
using Features.Assistants;
using Features.Documents;
using Features.Files;
using Features.Images;
using Features.PdfFlashcards;
using Features.Jobs;
using Features.Profiles;
using Features.Pronunciation;
using Features.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Providers;
using Queueing;
using ServiceDefaults;

namespace Features.Tests.Media;

/// <summary>The routes that take files, and a worker, in one process, on a database of its own.</summary>
internal sealed class MediaHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly LogLines log;

    private MediaHost(WebApplication app, LogLines log) => (this.app, this.log) = (app, log);

    /// <summary>All that was logged.</summary>
    public string Log => log.ToString();

    public IServiceProvider Services => app.Services;

    public FileStore Files => Services.GetRequiredService<FileStore>();

    public JobControl Control => Services.GetRequiredService<JobControl>();

    public Uri Address => new(app.Urls.First());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<MediaHost> StartAsync(string database, params (string Name, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1 << 20); // As the API has it.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:jobs"] = database,
            ["JobWorker:PollInterval"] = "00:00:00.020",
            ["Webhooks:AllowedHosts:0"] = "localhost",
            ["Webhooks:AllowPrivateAddresses"] = "true",
            ["Webhooks:Keys:0"] = Convert.ToBase64String(new byte[32]),
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        builder.AddProblems();
        builder.AddSignIn();
        builder.AddJobQueue("jobs");
        builder.AddJobRequests();
        builder.AddJobWorker();
        builder.AddWebhooks();
        builder.AddBudget();
        builder.AddSpending();
        builder.AddSpeech();
        builder.AddVision();
        builder.AddDocuments();
        builder.AddPdfFlashcards();
        builder.AddAssistants();
        builder.AddProfileTables();
        builder.AddPronunciation();
        builder.AddImages();

        var host = new MediaHost(builder.Build(), log);
        host.app.UseProblems();
        host.app.UseAuthentication();
        host.app.UseAuthorization();
        var features = host.app.MapGroup("").RequireAuthorization(SignInExtensions.NamedCaller);
        features.MapPronunciation();
        features.MapImages();
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await host.app.StartAsync(CancellationToken.None);
        return host;
    }

    public HttpClient ClientOf(string user)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("user-id", user);
        return client;
    }

    /// <returns>How the job of a receipt ended.</returns>
    public async Task<JobStatus> EndOfAsync(HttpResponseMessage accepted)
    {
        var receipt = await accepted.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var jobId = receipt.GetProperty("jobId").GetGuid();
        return await Eventually.NotNullAsync(async () => await StatusAsync(jobId) is { IsFinal: true } status ? status : null, $"job {jobId} ends");
    }

    public async Task<JobStatus> StatusAsync(Guid jobId) => (await Services.GetRequiredService<JobReader>().FindAsync(jobId, Cancellation))!;

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public IFileContents Contents => Services.GetRequiredService<IFileContents>();

    /// <summary>Lets what waits for a later attempt have it now.</summary>
    public Task MakeDueAsync() => ExecuteAsync("update job_ready set run_at = now() where delayed");

    /// <returns>How many files there are, also unfinished ones and such as have expired.</returns>
    public Task<long> FilesAsync() => ScalarAsync<long>("select count(*) from stored_file");

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
