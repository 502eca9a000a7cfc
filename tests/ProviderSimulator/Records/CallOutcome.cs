namespace ProviderSimulator.Records;

/// <summary>How a call ended.</summary>
public enum CallOutcome
{
    /// <summary>With a whole answer, though it may have been a bad one.</summary>
    Answered,

    /// <summary>With an error: a status of 400 or more, or Gemini's refusal for what the content says.</summary>
    Refused,

    /// <summary>In the midst of the answer.</summary>
    Cut,

    /// <summary>By a reset, without an answer.</summary>
    Reset,

    /// <summary>The client left first, or the simulator stopped.</summary>
    Left,
}
