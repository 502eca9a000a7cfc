using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults;

namespace Api.SignIn;

/// <summary>Gives a signed token to whoever asks, in Development.</summary>
internal static class DevelopmentTokenEndpoints
{
    extension(WebApplication app)
    {
        /// <summary>Maps <c>POST /dev/token</c> in Development, and nothing anywhere else.</summary>
        public void MapDevelopmentTokens()
        {
            if (app.Environment.IsDevelopment())
            {
                app.MapPost("/dev/token", Create).WithTags("Development");
            }
        }
    }

    private static Ok<DevelopmentToken> Create(DevelopmentTokenRequest request, HttpResponse response, DevelopmentTokens tokens)
    {
        var (token, expiresAt) = tokens.Create(request.UserId, request.Roles ?? [], TimeSpan.FromMinutes(request.LifetimeMinutes));
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new DevelopmentToken(token, expiresAt));
    }
}

/// <summary>Whom a token signs in.</summary>
/// <param name="UserId">The caller's id.</param>
/// <param name="Roles">"admin", "user", both or neither.</param>
/// <param name="LifetimeMinutes">For how long: a week at most.</param>
public sealed record DevelopmentTokenRequest(
    [Required, StringLength(CallerName.Longest)] string UserId,
    IReadOnlyList<string>? Roles = null,
    [Range(1, 7 * 24 * 60)] int LifetimeMinutes = 60) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!CallerName.IsValid(UserId))
        {
            yield return new("It must be printable.", [nameof(UserId)]);
        }

        if (Roles?.All(role => role is SignInExtensions.AdministratorRole or SignInExtensions.UserRole) == false)
        {
            yield return new($"Known are {SignInExtensions.AdministratorRole} and {SignInExtensions.UserRole}.", [nameof(Roles)]);
        }
    }
}

/// <summary>A token for the header <c>Authorization: Bearer</c>, and when it expires.</summary>
public sealed record DevelopmentToken(string Token, DateTimeOffset ExpiresAt);
