using ProviderSimulator.Scripts;

namespace ProviderSimulator.Records;

/// <summary>One call, as the provider saw it.</summary>
public sealed record ProviderCall
{
    /// <summary>Counts the calls in the order of their arrival, from 1; it goes on when the record is cleared.</summary>
    public required long Id { get; init; }

    /// <summary>When the request had arrived to its last byte. No call has an earlier time than the one before it.</summary>
    public required DateTimeOffset Arrived { get; init; }

    /// <summary>When the last byte of the answer was written, or the connection was over; null while it is open.</summary>
    public DateTimeOffset? Ended { get; init; }

    public required Operation Operation { get; init; }

    /// <summary>Empty when the request could not be understood.</summary>
    public required string Model { get; init; }

    public required bool Streamed { get; init; }

    /// <summary>The status that was answered; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Null while the call is open.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>The tokens read, when it was answered, if only in part.</summary>
    public long PromptTokens { get; init; }

    /// <summary>The tokens that were written to the client.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>What the provider would have charged.</summary>
    public decimal Cost { get; init; }

    /// <summary>SHA-256 of the body, in hexadecimal.</summary>
    public required string BodyHash { get; init; }

    /// <summary>Whether a key came along: <c>Authorization</c>, or Google's <c>x-goog-api-key</c> or <c>?key=</c>. Its value is kept nowhere.</summary>
    public required bool HasKey { get; init; }

    /// <summary>The header <c>x-job-id</c>.</summary>
    public string? JobId { get; init; }
}
