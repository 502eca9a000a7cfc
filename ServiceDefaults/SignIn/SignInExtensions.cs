using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary>Who calls, and what the caller may see.</summary>
public static class SignInExtensions
{
    /// <summary>Policy: the caller has a name, for what is done in it.</summary>
    public const string NamedCaller = nameof(NamedCaller);

    /// <summary>Policy: the caller may read what is its own; in Development a caller without a name may read everything.</summary>
    public const string Reader = nameof(Reader);

    /// <summary>Policy: the caller has the role "admin".</summary>
    public const string Administrator = nameof(Administrator);

    private const string AdministratorRole = "admin";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the sign-in of callers and the policies <see cref="NamedCaller"/>, <see cref="Reader"/> and <see cref="Administrator"/>.</summary>
        public void AddSignIn()
        {
            var anonymousMayRead = builder.Environment.IsDevelopment();
            // Authentication brings data protection along; no cookie here needs its keys, so none are written to disk.
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
            builder.Services.AddAuthentication(DevelopmentSignIn.SchemeName)
                .AddScheme<AuthenticationSchemeOptions, DevelopmentSignIn>(DevelopmentSignIn.SchemeName, null);
            builder.Services.AddAuthorizationBuilder()
                .AddPolicy(NamedCaller, policy => policy.RequireAuthenticatedUser())
                .AddPolicy(Administrator, policy => policy.RequireAuthenticatedUser().RequireRole(AdministratorRole))
                .AddPolicy(Reader, policy => policy.RequireAssertion(
                    context => anonymousMayRead || context.User.Identity is { IsAuthenticated: true }));
        }
    }

    extension(ClaimsPrincipal caller)
    {
        /// <summary>The caller's id, or null for one without a name.</summary>
        public string? Id => caller.FindFirstValue(ClaimTypes.NameIdentifier);

        /// <summary>Whether a caller let in by <see cref="Reader"/> may read everybody's.</summary>
        public bool MayReadAll => caller.Identity is not { IsAuthenticated: true } || caller.IsInRole(AdministratorRole);

        /// <summary>Whether a caller let in by <see cref="Reader"/> may read what belongs to <paramref name="owner"/>.</summary>
        public bool MayRead(string owner) => caller.Id == owner || caller.MayReadAll;
    }
}
