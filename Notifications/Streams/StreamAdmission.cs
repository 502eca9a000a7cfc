using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Notifications.Streams;

/// <summary>Counts the streams of callers, of addresses and of the process, and refuses what is over their caps.</summary>
internal sealed class StreamAdmission(IOptions<StreamOptions> options, OpenStreams streams)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> places = [];
    private readonly StreamOptions caps = options.Value;
    private int all;

    /// <param name="caller">Who opens the stream.</param>
    /// <param name="expiresAt">When the caller may follow no longer; null for never.</param>
    /// <param name="context">The request; a refusal says in it when to come back.</param>
    /// <param name="refusal">The answer to one who gets none.</param>
    /// <returns>A stream, which has a place until it ends; or null.</returns>
    public OpenStream? TryOpen(string caller, DateTimeOffset? expiresAt, HttpContext context, out ProblemHttpResult? refusal)
    {
        // Names and addresses are kept apart by what stands before them.
        var (own, address) = ($"caller {caller}", $"address {context.Connection.RemoteIpAddress}");
        lock (gate)
        {
            refusal = all >= caps.Most
                ? Refuse(context, StatusCodes.Status503ServiceUnavailable, "/problems/overloaded", "This service has as many streams as it may.")
                : places.GetValueOrDefault(own) >= caps.MostPerCaller
                    ? TooMany(context, $"At most {caps.MostPerCaller} streams of one caller may be open.")
                    : places.GetValueOrDefault(address) >= caps.MostPerAddress
                        ? TooMany(context, $"At most {caps.MostPerAddress} streams from one address may be open.")
                        : null;
            if (refusal is not null)
            {
                return null;
            }

            all++;
            places[own] = places.GetValueOrDefault(own) + 1;
            places[address] = places.GetValueOrDefault(address) + 1;
        }

        return streams.Open(context, new Place(this, own, address), expiresAt);
    }

    private ProblemHttpResult TooMany(HttpContext context, string detail) =>
        Refuse(context, StatusCodes.Status429TooManyRequests, "/problems/too-many-streams", detail);

    private ProblemHttpResult Refuse(HttpContext context, int status, string type, string detail)
    {
        var after = Math.Ceiling((Patience + streams.Spread()).TotalSeconds);
        context.Response.Headers.RetryAfter = after.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(detail, statusCode: status, type: type);
    }

    private void Leave(params ReadOnlySpan<string> left)
    {
        lock (gate)
        {
            all--;
            foreach (var place in left)
            {
                if (--places[place] == 0)
                {
                    places.Remove(place);
                }
            }
        }
    }

    private sealed class Place(StreamAdmission admission, string caller, string address) : IDisposable
    {
        public void Dispose() => admission.Leave(caller, address);
    }
}
