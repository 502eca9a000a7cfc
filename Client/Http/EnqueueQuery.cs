using System.Globalization;
using System.Text;

namespace AspireJobs.Client;

/// <summary>Where a new job is posted, with what is said of it.</summary>
internal static class EnqueueQuery
{
    public static string UrlOf(string type, EnqueueOptions? options)
    {
        var url = new StringBuilder("api/jobs/").Append(Uri.EscapeDataString(type));
        var separator = '?';
        Add("priority", options?.Priority?.ToString(CultureInfo.InvariantCulture));
        Add("delayMs", options?.Delay?.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        Add("runAt", Utc(options?.RunAt));
        Add("expiresAt", Utc(options?.ExpiresAt));
        Add("callbackUrl", options?.CallbackUrl?.AbsoluteUri);
        return url.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }
    }

    private static string? Utc(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
