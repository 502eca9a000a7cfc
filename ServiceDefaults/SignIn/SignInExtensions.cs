using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>Who calls, and what the caller may see.</summary>
public static class SignInExtensions
{
    /// <summary>Policy: the caller has a name, for what is done in it.</summary>
    public const string NamedCaller = nameof(NamedCaller);

    /// <summary>
    /// Policy: the caller may read what is its own; in Development a caller without a name may read everything. Judged with the
    /// request as the resource: one that brought a token which doesn't hold is not without a name.
    /// </summary>
    public const string Reader = nameof(Reader);

    /// <summary>Policy: the caller has the role "admin".</summary>
    public const string Administrator = nameof(Administrator);

    /// <summary>The role of callers who may see, and steer, what is everybody's.</summary>
    public const string AdministratorRole = "admin";

    /// <summary>The role of all others; a caller without a role is one of them.</summary>
    public const string UserRole = "user";

    internal const string ExpiryClaim = "exp";

    private const string SchemeName = "Sign-in";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds the sign-in of callers, with the settings of <see cref="SignInOptions"/>, and the policies <see cref="NamedCaller"/>,
        /// <see cref="Reader"/> and <see cref="Administrator"/>.
        /// </summary>
        public void AddSignIn()
        {
            var isDevelopment = builder.Environment.IsDevelopment();
            builder.AddSignInOptions(isDevelopment);

            // Authentication brings data protection along; no cookie here needs its keys, so none are written to disk.
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
            var schemes = builder.Services.AddAuthentication(SchemeName)
                .AddJwtBearer(BearerTokens.SchemeName, _ => { })
                .AddPolicyScheme(SchemeName, null, scheme =>
                {
                    scheme.ForwardDefaultSelector = context => isDevelopment && !context.Request.HasBearer
                        ? DevelopmentSignIn.SchemeName
                        : BearerTokens.SchemeName;
                    scheme.ForwardChallenge = BearerTokens.SchemeName;
                });
            builder.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerTokens>();
            builder.Services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, BearerTokens>();
            if (isDevelopment)
            {
                schemes.AddScheme<AuthenticationSchemeOptions, DevelopmentSignIn>(DevelopmentSignIn.SchemeName, null);
                builder.Services.TryAddSingleton(TimeProvider.System);
                builder.Services.AddSingleton<DevelopmentTokens>();
            }

            builder.Services.AddAuthorizationBuilder()
                .AddPolicy(NamedCaller, policy => policy.RequireAuthenticatedUser())
                .AddPolicy(Administrator, policy => policy.RequireAuthenticatedUser().RequireRole(AdministratorRole))
                .AddPolicy(Reader, policy => policy.RequireAssertion(context =>
                    context.User.Identity is { IsAuthenticated: true }
                    || (isDevelopment && context.Resource is HttpContext { Request.Headers.Authorization.Count: 0 })));
        }

        private void AddSignInOptions(bool isDevelopment)
        {
            builder.Services.AddOptions<SignInOptions>()
                .BindConfiguration(SignInOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .PostConfigure(options =>
                {
                    if (isDevelopment && options.Keys is [])
                    {
                        options.Keys = [Convert.ToBase64String(RandomNumberGenerator.GetBytes(SignInOptions.ShortestKey))];
                    }
                })
                .Validate(
                    options => options.Keys.All(key => SignInOptions.Decode(key) is not null),
                    $"{SignInOptions.SectionName}:{nameof(SignInOptions.Keys)} must be Base64 of {SignInOptions.ShortestKey} bytes or more each.")
                .Validate(
                    options => options.Authority is null or { IsAbsoluteUri: true, Scheme: "https" }
                        || (isDevelopment && options.Authority is { IsAbsoluteUri: true, Scheme: "http" }),
                    $"{SignInOptions.SectionName}:{nameof(SignInOptions.Authority)} must be an absolute https URL; http is for Development only.")
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>();
            builder.Services.AddHostedService<SignInWarning>();
        }
    }

    extension(ClaimsPrincipal caller)
    {
        /// <summary>The caller's id, or null for one without a name.</summary>
        public string? Id => caller.FindFirstValue(ClaimTypes.NameIdentifier);

        /// <summary>When the caller's token expires; null for a caller that showed none.</summary>
        public DateTimeOffset? SignedInUntil => caller.FindFirstValue(ExpiryClaim) is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
            : null;

        /// <summary>Whether a caller let in by <see cref="Reader"/> may read everybody's.</summary>
        public bool MayReadAll => caller.Identity is not { IsAuthenticated: true } || caller.IsInRole(AdministratorRole);

        /// <summary>Whether a caller let in by <see cref="Reader"/> may read what belongs to <paramref name="owner"/>.</summary>
        public bool MayRead(string owner) => caller.Id == owner || caller.MayReadAll;
    }

    extension(HttpRequest request)
    {
        private bool HasBearer => request.Headers.Authorization.ToString().StartsWith(JwtBearerDefaults.AuthenticationScheme, StringComparison.OrdinalIgnoreCase);
    }
}
