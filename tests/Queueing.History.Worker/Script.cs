using System.Text.Json.Serialization;

namespace Queueing.History.Worker;

/// <summary>What a job's handler does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Script>))]
internal enum Script
{
    /// <summary>Completes at once.</summary>
    Quick,

    /// <summary>Completes after a while, and heeds its token.</summary>
    Slow,

    /// <summary>Completes after a while, which may be longer than the lease, whatever its token says.</summary>
    Deaf,

    /// <summary>Throws in some attempts.</summary>
    Flaky,

    /// <summary>Fails for good.</summary>
    Hopeless,

    /// <summary>Snoozes once in each worker process, then completes.</summary>
    Snooze,

    /// <summary>Asks for another attempt some times, then completes.</summary>
    Later,

    /// <summary>Calls itself off.</summary>
    Discard,

    /// <summary>Completes with an effect and a follow-up in the outcome's transaction.</summary>
    Effect,

    /// <summary>Asks for another attempt with an effect in that outcome's transaction, then completes without one.</summary>
    LaterEffect,

    /// <summary>Writes its effect and its follow-up, then breaks, in the first attempt's transaction; from the second on it is like <see cref="Effect"/>.</summary>
    BrokenEffect,
}
