using System.ComponentModel.DataAnnotations;

namespace Providers;

/// <summary>Who answers chats.</summary>
public sealed class ChatChainOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Chat";

    /// <summary>
    /// The providers in the order in which they are asked: <c>openai</c>, <c>gemini</c>, <c>local</c>. The next is asked where one is left
    /// alone because it failed, where there is no money for it, and where it refuses for good; not where its limits are used up: that
    /// is waited for.
    /// </summary>
    /// <value>Default: <c>local</c> alone.</value>
    [MinLength(1)]
    public IReadOnlyList<string> Chain { get; set; } = [];
}
