namespace ProviderSimulator.Scripts;

/// <summary>The two forms that HTTP has for <c>Retry-After</c>; both are in whole seconds, rounded up.</summary>
public enum RetryAfterForm
{
    Seconds,
    Date,
}
