using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Tests.SignIn;

/// <summary>A service with a sign-in and with one endpoint for each policy, which answer with who calls; and all that it logs.</summary>
internal sealed class SignInHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> log;

    private SignInHost(WebApplication app, ConcurrentQueue<string> log) => (this.app, this.log) = (app, log);

    public string Log => string.Join('\n', log);

    public IServiceProvider Services => app.Services;

    public HttpClient Client => new() { BaseAddress = new(app.Urls.First()) };

    public static async Task<SignInHost> StartAsync(string environment = "Production", Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = new ConcurrentQueue<string>();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(log));
        builder.AddProblems();
        builder.AddSignIn();
        var app = builder.Build();
        app.UseProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/named", WhoCalls).RequireAuthorization(SignInExtensions.NamedCaller);
        app.MapGet("/reader", WhoCalls).RequireAuthorization(SignInExtensions.Reader);
        app.MapGet("/administrator", WhoCalls).RequireAuthorization(SignInExtensions.Administrator);
        app.MapGet("/public", WhoCalls);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, log);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var client = Client;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <returns>Who the endpoint says calls: the name and the roles; or the refusal's status.</returns>
    public async Task<string> WhoIsAsync(string path, string? token, params (string Name, string Value)[] headers)
    {
        using var response = await GetAsync(path, token, headers);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
            : $"{(int)response.StatusCode}";
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static string WhoCalls(ClaimsPrincipal caller) =>
        $"{caller.Id ?? "nobody"} [{string.Join(' ', caller.FindAll(ClaimTypes.Role).Select(role => role.Value))}]";

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
