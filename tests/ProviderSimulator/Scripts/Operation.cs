namespace ProviderSimulator.Scripts;

/// <summary>What a call asks for. Gemini's content generation is chat.</summary>
public enum Operation
{
    Chat,
    Embeddings,
}
