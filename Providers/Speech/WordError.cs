using System.Text.Json.Serialization;

namespace Providers;

/// <summary>What is wrong with a word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WordError>))]
public enum WordError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It sounded like something else.</summary>
    Mispronunciation,

    /// <summary>It is in the text, and wasn't said.</summary>
    Omission,

    /// <summary>It was said, and is not in the text.</summary>
    Insertion,

    /// <summary>It can't be judged, for instance because the provider doesn't know how it is pronounced.</summary>
    NotAssessed,
}
