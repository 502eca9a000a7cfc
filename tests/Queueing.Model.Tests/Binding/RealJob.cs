using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests.Binding;

/// <summary>What the database and the model must agree on of a job.</summary>
internal sealed record RealJob(
    bool Ready,
    Guid? Holder,
    int Attempt,
    int Kills,
    bool CancelAsked,
    Outcome Outcome,
    int OutcomeAttempt,
    long Effects);
