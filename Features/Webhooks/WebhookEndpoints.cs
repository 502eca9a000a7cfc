using System.Security.Claims;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Queueing;

namespace Features.Webhooks;

/// <summary>Calls clients back when their jobs end (<c>callbackUrl</c>).</summary>
public static class WebhookEndpoints
{
    private const string Queue = "callbacks";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "post-callback", with the settings of <see cref="WebhookOptions"/>. Needs the queue.</summary>
        public void AddWebhooks()
        {
            var mayBePrivate = builder.Environment.IsDevelopment();
            builder.Services.AddOptions<WebhookOptions>()
                .BindConfiguration(WebhookOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .Validate(
                    options => options.Keys.All(key => WebhookOptions.Decode(key) is not null),
                    $"{WebhookOptions.SectionName}:{nameof(WebhookOptions.Keys)} must be Base64 of {WebhookOptions.ShortestKey} bytes or more each.")
                .Validate(
                    options => options.AllowedHosts is [] || options.Keys is not [],
                    $"{WebhookOptions.SectionName}:{nameof(WebhookOptions.Keys)} must have a key where {WebhookOptions.SectionName}:{nameof(WebhookOptions.AllowedHosts)} names hosts.")
                .Validate(
                    options => mayBePrivate || !options.AllowPrivateAddresses,
                    $"{WebhookOptions.SectionName}:{nameof(WebhookOptions.AllowPrivateAddresses)} is for Development only.")
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
            builder.Services.AddSingleton<CallbackUrls>();
            builder.Services.AddSingleton<WebhookSecrets>();
            builder.Services.AddSingleton<WebhookHttp>();

            // A receiver that hangs holds no more than these of the workers' slots.
            builder.ConfigureJobQueue(Queue, queue => queue.MaxRunningPerOwner = 4);
            builder.AddJob<PostCallback, CallbackPoster>("post-callback", options =>
            {
                options.Queue = Queue;
                options.IsInternal = true;
                options.Timeout = TimeSpan.FromMinutes(2); // Beyond the longest that a receiver may take.
                options.MaxAttempts = 16; // Over 9 hours or so, 18 at most: within the day that a completed job is kept.
                options.Backoff = Backoff.Exponential(TimeSpan.FromSeconds(10), TimeSpan.FromHours(3));
            });
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/webhook-secrets</c>: what the caller's receivers verify calls with.</summary>
        public RouteHandlerBuilder MapWebhooks() => routes.MapGet("/api/webhook-secrets", Secrets).WithTags("Webhooks");
    }

    private static Ok<CallerSecrets> Secrets(ClaimsPrincipal caller, HttpResponse response, WebhookSecrets secrets)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new CallerSecrets(secrets.Of(caller.CallerId)));
    }
}

/// <summary>The caller's secrets, "whsec_" and Base64, as the libraries of Standard Webhooks take them. Any one of them verifies a call; none where calls are off.</summary>
public sealed record CallerSecrets(IReadOnlyList<string> Secrets);
