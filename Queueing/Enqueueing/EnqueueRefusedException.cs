namespace Queueing;

/// <summary>A job was not accepted, and nothing was written.</summary>
public abstract class EnqueueRefusedException : Exception
{
    private protected EnqueueRefusedException(string message)
        : base(message)
    {
    }
}
