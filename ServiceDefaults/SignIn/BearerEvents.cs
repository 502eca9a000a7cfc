using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults;

/// <summary>Makes a caller of a token, and refusals of failures.</summary>
internal sealed class BearerEvents : JwtBearerEvents
{
    private const string RetryAfterSeconds = "5";

    /// <summary>Leaves of a token what names the caller: a claim of another name can't stand in for one of ours.</summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        var claims = context.Principal!.Claims.ToLookup(claim => claim.Type, claim => claim.Value);
        if (claims["sub"].FirstOrDefault() is not { } id || !CallerName.IsValid(id))
        {
            context.Fail(new NamelessTokenException());
            return Task.CompletedTask;
        }

        var expires = new DateTimeOffset(context.SecurityToken.ValidTo, TimeSpan.Zero).ToUnixTimeSeconds();
        context.Principal = new(new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, id),
                new(SignInExtensions.ExpiryClaim, expires.ToString(CultureInfo.InvariantCulture)),
                .. claims["role"].Concat(claims["roles"]).Distinct().Select(role => new Claim(ClaimTypes.Role, role)),
            ],
            BearerTokens.SchemeName));
        return Task.CompletedTask;
    }

    /// <summary>A token can't be judged, and is not called a bad one, while its authority has not been heard at all.</summary>
    public override async Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        if (context.Options.ConfigurationManager is { } authority && context.Exception is SecurityTokenInvalidSignatureException or SecurityTokenInvalidIssuerException)
        {
            try
            {
                await authority.GetConfigurationAsync(context.HttpContext.RequestAborted);
            }
            catch (InvalidOperationException unheard)
            {
                context.Fail(new AuthorityAwayException(unheard));
            }
        }
    }

    /// <summary>Says why in words of ours: those of the framework repeat what the token says, which a header may not be able to hold.</summary>
    public override Task Challenge(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is AuthorityAwayException)
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }
        else if (context.AuthenticateFailure is { } failure)
        {
            context.Error = "invalid_token";
            context.ErrorDescription = Describe(failure);
        }

        return Task.CompletedTask;
    }

    private static string Describe(Exception failure) => failure switch
    {
        SecurityTokenExpiredException => "The token has expired",
        SecurityTokenNoExpirationException => "The token never expires",
        SecurityTokenNotYetValidException => "The token is not valid yet",
        SecurityTokenInvalidAudienceException => "The token is for somebody else",
        SecurityTokenInvalidIssuerException or SecurityTokenInvalidSigningKeyException => "The token is not of an issuer that its key signs for",
        SecurityTokenInvalidTypeException => "The token is of another type",
        NamelessTokenException => "The token names no caller",
        _ => "The token is not valid",
    };

    private sealed class NamelessTokenException : Exception;

    private sealed class AuthorityAwayException(Exception inner) : Exception("The authority's keys can't be read.", inner);
}
