namespace Features.Files;

/// <summary>Where the bytes of files are kept can't be reached, or doesn't let us in. Another attempt may help.</summary>
/// <param name="reason">Why, for the log: no secrets.</param>
/// <param name="cause">What was thrown.</param>
internal sealed class StorageAwayException(string reason, Exception? cause = null) : Exception($"The store of files can't be used now: {reason}", cause);
