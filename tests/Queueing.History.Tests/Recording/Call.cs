namespace Queueing.History.Tests.Recording;

/// <summary>What a producer was told of a call.</summary>
internal enum Answer
{
    /// <summary>The jobs are accepted; their ids are known.</summary>
    Accepted,

    /// <summary>Nothing was accepted.</summary>
    Refused,

    /// <summary>The answer was lost: all of the call's jobs may be accepted, or none.</summary>
    Unknown,
}

internal enum CallKind
{
    Single,
    Batch,

    /// <summary>In the producer's own transaction, together with a row of its ledger.</summary>
    Transaction,
}

/// <summary>A job as its producer sent it. The same item is sent again with the same token.</summary>
internal sealed record Item(string Token, Script Script, string Queue, bool Keyed = false, bool Expires = false, bool Continued = false);

/// <summary>One call of a producer and its answer.</summary>
internal sealed record Call(CallKind Kind, IReadOnlyList<Item> Items, Answer Answer, IReadOnlyList<Guid> JobIds);
