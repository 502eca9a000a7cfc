using ProviderSimulator.Answers;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Wire;

/// <summary>A request that was understood, and how its answer is written.</summary>
internal abstract class Question
{
    public required string Model { get; init; }

    public required long PromptTokens { get; init; }

    public bool Streams { get; init; }

    /// <summary>What the model writes when all goes well.</summary>
    public Reply Reply { get; init; } = Reply.Empty;

    /// <summary>What it writes when it forgets that a document was asked for.</summary>
    public Reply WrongReply { get; init; } = Reply.Empty;

    /// <summary>What it writes when the script has this in store for it.</summary>
    public Reply ReplyTo(Fate fate) => fate.Fault?.Fault switch
    {
        Fault.Empty => Reply.Empty,
        Fault.WrongDocument => WrongReply,
        _ => Reply,
    };

    /// <summary>The body of an answer in one piece.</summary>
    public abstract object Whole(Reply reply, string id, long created);

    /// <summary>The same when the model has nothing to say.</summary>
    public virtual object Nothing(string id, long created) => Whole(Reply.Empty, id, created);

    /// <summary>What a stream begins with, before the first piece.</summary>
    public virtual IEnumerable<object> Opening(string id, long created) => [];

    /// <summary>One piece of a stream.</summary>
    public virtual object Piece(string text, string id, long created) => throw new NotSupportedException("It doesn't stream.");

    /// <summary>What a stream ends with.</summary>
    public virtual IEnumerable<object> Closing(Reply reply, string id, long created) => [];

    /// <summary>The body that refuses the content with a status of 200; null where an error does.</summary>
    public virtual object? Blocked(string id) => null;
}
