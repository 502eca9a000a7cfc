using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>
/// In Development the header <c>user-id</c> names the caller, and <c>user-role</c> says what the caller is, for instance
/// <c>admin</c>. Nowhere else is this added.
/// </summary>
internal sealed class DevelopmentSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Development";

    private const string Header = "user-id";
    private const string RoleHeader = "user-role";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var name = Request.Headers[Header].ToString().Trim();
        if (name.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (!CallerName.IsValid(name))
        {
            return Task.FromResult(AuthenticateResult.Fail($"The header {Header} is no caller's id, or is longer than {CallerName.Longest} characters."));
        }

        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, name)], SchemeName);
        if (Request.Headers[RoleHeader].ToString().Trim() is { Length: > 0 } role)
        {
            identity.AddClaim(new(ClaimTypes.Role, role));
        }

        return Task.FromResult(AuthenticateResult.Success(new(new(identity), SchemeName)));
    }
}
