namespace AspireJobs.Client.Following;

/// <summary>The names of events on a stream. Changes of state are named after the state.</summary>
internal static class EventName
{
    public const string Connected = "connected";
    public const string Progress = "progress";
    public const string Delta = "delta";
    public const string Retrying = "retrying";
    public const string Gap = "gap";
}
