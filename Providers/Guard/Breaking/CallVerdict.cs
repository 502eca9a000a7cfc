namespace Providers.Guard.Breaking;

/// <summary>What a call says of its provider.</summary>
internal enum CallVerdict
{
    Answered,
    Failed,

    /// <summary>Nothing: it was called off, or held back.</summary>
    Neither,
}
