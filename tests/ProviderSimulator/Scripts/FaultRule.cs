using System.ComponentModel.DataAnnotations;

namespace ProviderSimulator.Scripts;

/// <summary>What goes wrong: either a <see cref="Status"/> or a <see cref="Fault"/>.</summary>
public sealed record FaultRule : Rule
{
    /// <summary>The call is refused with this status, in the provider's own form of error.</summary>
    [Range(400, 599)]
    public int? Status { get; init; }

    public Fault? Fault { get; init; }

    /// <summary>With a status: when the client is told to come back. Defaults to telling nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How <see cref="RetryAfter"/> is written. Defaults to seconds.</summary>
    public RetryAfterForm RetryAfterForm { get; init; }

    /// <summary>With <see cref="Fault.Cut"/> and <see cref="Fault.Hang"/>: the pieces of a stream that still come. Defaults to none.</summary>
    [Range(0, int.MaxValue)]
    public int AfterChunks { get; init; }

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
        {
            yield return result;
        }

        if (Status is null == Fault is null)
        {
            yield return new($"A fault has either {nameof(Status)} or {nameof(Fault)}.", [nameof(Status), nameof(Fault)]);
        }

        if (RetryAfter is not null && Status is null)
        {
            yield return new($"{nameof(RetryAfter)} belongs to a {nameof(Status)}.", [nameof(RetryAfter)]);
        }

        if (AfterChunks > 0 && Fault is not (Scripts.Fault.Cut or Scripts.Fault.Hang))
        {
            yield return new($"{nameof(AfterChunks)} belongs to {Scripts.Fault.Cut} and {Scripts.Fault.Hang}.", [nameof(AfterChunks)]);
        }
    }
}
