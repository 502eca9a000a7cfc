namespace Providers;

/// <summary>The words for what can go wrong with a call. They are stable: they go into jobs' errors and metrics.</summary>
public static class FaultWords
{
    /// <summary>Transient: the provider takes no more calls, or tokens, for now.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>Transient: no answer, or no further piece of one, came in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>Transient: there was no connection, or it ended before the answer did.</summary>
    public const string ConnectionLost = "connection-lost";

    /// <summary>Transient: the call met another one; the provider says to make it again.</summary>
    public const string Conflict = "conflict";

    /// <summary>Transient: the provider failed.</summary>
    public const string ServerError = "server-error";

    /// <summary>Transient: the answer is empty, is no JSON where it should be, or has another form than the provider's answers have.</summary>
    public const string BadAnswer = "bad-answer";

    /// <summary>Permanent: the account has no money or no quota left, and no waiting of a few minutes helps.</summary>
    public const string QuotaExhausted = "quota-exhausted";

    /// <summary>Permanent: the provider refuses the content, read or written, for what it says.</summary>
    public const string ContentRefused = "content-refused";

    /// <summary>Permanent: the key is wrong, or may not do this.</summary>
    public const string NotAuthorised = "not-authorised";

    /// <summary>Permanent: the provider can't make sense of the request.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>Permanent: there is no such model, or no such endpoint.</summary>
    public const string NotFound = "not-found";

    /// <summary>Permanent: the request is longer than the model takes.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Permanent: no words were heard in the recording.</summary>
    public const string NoSpeech = "no-speech";

    /// <summary>Permanent: the provider doesn't do this, in this language or this region.</summary>
    public const string NotSupported = "not-supported";

    /// <summary>Permanent: the program that does it is not on this machine.</summary>
    public const string NotInstalled = "not-installed";
}
