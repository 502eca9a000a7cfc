using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>
/// Says at the start that nobody can sign in. The service runs all the same: health, what is public, and signed links to event
/// streams need no sign-in, and nothing else opens.
/// </summary>
internal sealed partial class SignInWarning(IOptions<SignInOptions> options, ILogger<SignInWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { Authority: null, Keys: [] })
        {
            LogNobody();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Nobody can sign in: neither SignIn:Authority nor SignIn:Keys is set. Everything but public routes is answered with 401")]
    private partial void LogNobody();
}
