namespace Queueing.Running;

/// <summary>What a handler does in the transaction of its outcome failed; nothing was recorded.</summary>
internal sealed class InTransactionException(Exception inner) : Exception("The handler's writes with its outcome failed.", inner);
