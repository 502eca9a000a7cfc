using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Wire;

/// <summary>One provider's way to write one operation.</summary>
internal interface IWireFormat
{
    Operation Operation { get; }

    /// <summary>What is after the last event of a stream.</summary>
    byte[] StreamEnd { get; }

    /// <exception cref="BadQuestionException">It can't be understood.</exception>
    Question Read(HttpRequest request, byte[] body, int answerTokens);

    /// <summary>The body of an error.</summary>
    object Error(WireError error);

    /// <summary>The headers of an answer.</summary>
    /// <param name="headers">Those of the answer.</param>
    /// <param name="id">The answer's id.</param>
    /// <param name="rate">How the call stands towards its limit, if there is one.</param>
    /// <param name="error">What went wrong, if anything.</param>
    /// <param name="now">The time.</param>
    void AddHeaders(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now);
}
