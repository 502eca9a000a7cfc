using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Api.Limits;

/// <summary>
/// Answers callers that ask too often with 429 and <c>Retry-After</c>. Each process counts for itself: it is to keep a caller from
/// taking the whole of it, and what callers may spend is the budget's.
/// </summary>
internal static class CallerLimits
{
    /// <summary>The stricter limit of public routes that cost money: <c>RequireRateLimiting("anonymous")</c>.</summary>
    public const string Anonymous = "anonymous";

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the limits, with the settings of <see cref="CallerLimitOptions"/>. An endpoint is let out by <c>DisableRateLimiting()</c>.</summary>
        public void AddCallerLimits()
        {
            builder.Services.AddOptions<CallerLimitOptions>()
                .BindConfiguration(CallerLimitOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<CallerLimitOptions>, CallerLimitOptionsValidator>();
            builder.Services.AddRateLimiter(_ => { });
            builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<CallerLimitOptions>>((limiter, options) => Limit(limiter, options.Value));
        }
    }

    private static void Limit(RateLimiterOptions limiter, CallerLimitOptions limits)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = SayWhenAsync;
        var (all, anonymous) = (Bucket(limits.RequestsPerMinute, limits.Burst), Bucket(limits.AnonymousRequestsPerMinute, limits.AnonymousBurst));
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, LimitedCaller>(
            context => RateLimitPartition.GetTokenBucketLimiter(LimitedCaller.Of(context), _ => all));
        limiter.AddPolicy(Anonymous, context => RateLimitPartition.GetTokenBucketLimiter(LimitedCaller.Of(context), _ => anonymous));
    }

    // Tokens come whole, so a slow bucket has a longer period, and a fast one more tokens in each.
    private static TokenBucketRateLimiterOptions Bucket(int perMinute, int burst)
    {
        var tokens = Math.Max(1, (int)(perMinute * (ShortestPeriod / TimeSpan.FromMinutes(1))));
        return new()
        {
            TokenLimit = burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * ((double)tokens / perMinute),
        };
    }

    // The document itself is written where those of all refusals are.
    private static ValueTask SayWhenAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var after = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : ShortestPeriod;
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
