namespace Providers.Guard.Spending;

/// <summary>A call that costs, before it is made.</summary>
internal sealed record SpendRequest(ProviderKey Provider, string Owner, string JobType, Guid? JobId, int? Attempt, decimal Estimate);
