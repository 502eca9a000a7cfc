namespace ProviderSimulator.Scripts;

/// <summary>What can go wrong with a call, beside a plain status.</summary>
public enum Fault
{
    /// <summary>The content is refused for what it says: OpenAI's <c>400 content_policy_violation</c>, Gemini's <c>blockReason</c>.</summary>
    ContentPolicy,

    /// <summary>The account has run out of money: a 429 that no waiting helps.</summary>
    Quota,

    /// <summary>The connection ends in the midst of the answer: a stream after <see cref="FaultRule.AfterChunks"/> pieces, a document halfway.</summary>
    Cut,

    /// <summary>The connection is reset before anything is answered.</summary>
    Reset,

    /// <summary>Nothing more is answered, after <see cref="FaultRule.AfterChunks"/> pieces of a stream, until the client leaves.</summary>
    Hang,

    /// <summary>The answer's body is no JSON.</summary>
    BrokenJson,

    /// <summary>The body is in order, but what the model wrote isn't the document that was asked for.</summary>
    WrongDocument,

    /// <summary>The model wrote nothing.</summary>
    Empty,
}
