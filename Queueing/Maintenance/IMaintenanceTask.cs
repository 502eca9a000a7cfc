namespace Queueing.Maintenance;

/// <summary>Something that one worker of the fleet does at a time, again and again.</summary>
/// <remarks>
/// Two may do it at once all the same, for a moment: a leader that was paused learns late that it leads no more. So each
/// statement is right whoever runs it, and as often as it is run.
/// </remarks>
internal interface IMaintenanceTask
{
    /// <summary>The time between two runs.</summary>
    TimeSpan Interval { get; }

    Task RunOnceAsync(CancellationToken cancellationToken);
}
