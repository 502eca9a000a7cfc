using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Calls;

/// <summary>A call that was taken in.</summary>
/// <param name="Call">Its entry in the record.</param>
/// <param name="Fate">What the script has in store for it.</param>
/// <param name="Error">What it is refused with; null if it isn't.</param>
/// <param name="Rate">How it stands towards its limit; null if it has none.</param>
internal sealed record Admission(OpenCall Call, Fate Fate, WireError? Error, RateState? Rate);
