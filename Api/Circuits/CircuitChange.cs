using System.ComponentModel.DataAnnotations;
using Providers;

namespace Api.Circuits;

/// <summary>What an administrator wants of a circuit.</summary>
/// <remarks>Public, for rules are generated for public types only.</remarks>
/// <param name="State">OPEN leaves the provider alone, CLOSED calls it again; what failed before is forgotten.</param>
/// <param name="Seconds">With OPEN: after this time one call is let through, 1 to 86,400; without it, none until somebody closes the circuit.</param>
public sealed record CircuitChange([Required] CircuitState? State, [Range(1, 86_400)] int? Seconds = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (State == CircuitState.HalfOpen)
        {
            yield return new("Expected OPEN or CLOSED: which call is let through is the fleet's to find.", [nameof(State)]);
        }

        if (State == CircuitState.Closed && Seconds is not null)
        {
            yield return new("Goes with OPEN only.", [nameof(Seconds)]);
        }
    }
}
