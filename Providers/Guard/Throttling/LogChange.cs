namespace Providers.Guard.Throttling;

/// <summary>By how much the shared log is to be changed for one call.</summary>
internal readonly record struct LogChange(OwnCall Call, long Slice, int Requests, long Tokens);
