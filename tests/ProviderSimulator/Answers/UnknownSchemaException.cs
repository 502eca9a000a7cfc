namespace ProviderSimulator.Answers;

/// <summary>The schema asks for something that can't be made here; better said than answered wrongly.</summary>
internal sealed class UnknownSchemaException(string message) : Exception(message);
