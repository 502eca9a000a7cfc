namespace ProviderSimulator.Records;

/// <summary>The most that was seen.</summary>
/// <param name="CallsPerMinute">The calls that arrived within any 60 seconds, those that were refused among them.</param>
/// <param name="TokensPerMinute">
/// The tokens of the calls that arrived within any 60 seconds: in full from the arrival, also where the answer is cut or never
/// comes, as limits count them. Calls that were refused have none.
/// </param>
/// <param name="Concurrency">The calls that were open at one time.</param>
public sealed record Peaks(int CallsPerMinute, long TokensPerMinute, int Concurrency);
