namespace ProviderSimulator.Wire;

/// <summary>The request can't be understood.</summary>
internal sealed class BadQuestionException(WireError error) : Exception(error.Message)
{
    public BadQuestionException(string message, string? param = null) : this(WireError.BadRequest(message, param))
    {
    }

    public WireError Error => error;
}
