using System.Text.Json.Serialization;

namespace Providers;

/// <summary>Whether a provider is called.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CircuitState>))]
public enum CircuitState
{
    /// <summary>Calls go through.</summary>
    [JsonStringEnumMemberName("CLOSED")]
    Closed,

    /// <summary>No call goes through.</summary>
    [JsonStringEnumMemberName("OPEN")]
    Open,

    /// <summary>One call of the whole fleet is under way, to see whether the provider is well again.</summary>
    [JsonStringEnumMemberName("HALF_OPEN")]
    HalfOpen,
}
