namespace ProviderSimulator.Scripts;

/// <summary>What a call asks for. Gemini's content generation is chat.</summary>
public enum Operation
{
    Chat,
    Embeddings,

    /// <summary>Azure's pronunciation assessment; its model is <c>pronunciation</c>.</summary>
    Speech,

    /// <summary>Azure's image analysis; its model is <c>image-analysis</c>.</summary>
    Vision,
}
