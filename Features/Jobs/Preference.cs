using Microsoft.Extensions.Primitives;

namespace Features.Jobs;

/// <summary>The one preference of RFC 7240 that is understood: <c>wait</c>, in seconds. As it says, others are ignored.</summary>
internal static class Preference
{
    /// <returns>How long the client would wait, 30 s at most; null when it doesn't say so.</returns>
    public static int? WaitOf(StringValues prefer)
    {
        foreach (var line in prefer)
        {
            foreach (var preference in line.AsSpan().Split(','))
            {
                if (WaitOf(line.AsSpan(preference)) is { } seconds)
                {
                    return seconds;
                }
            }
        }

        return null;
    }

    private static int? WaitOf(ReadOnlySpan<char> preference)
    {
        var parameters = preference.IndexOf(';');
        preference = parameters < 0 ? preference : preference[..parameters];
        var equals = preference.IndexOf('=');
        return equals > 0
            && preference[..equals].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(preference[(equals + 1)..].Trim().Trim('"'), System.Globalization.NumberStyles.None, null, out var seconds)
            && seconds > 0
                ? Math.Min(seconds, EnqueueRequest.LongestWaitSeconds)
                : null;
    }
}
