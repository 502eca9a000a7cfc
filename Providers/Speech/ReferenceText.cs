using System.Text.RegularExpressions;

namespace Providers;

/// <summary>What is to be read aloud.</summary>
public static partial class ReferenceText
{
    /// <summary>The most characters: it travels in a header.</summary>
    public const int Longest = 2000;

    /// <returns>Whether it is the name of a language, such as <c>en-US</c>; whether there is one of that name isn't looked at.</returns>
    public static bool IsLanguage(string name) => LanguageName().IsMatch(name);

    /// <exception cref="ArgumentException">It can't be assessed.</exception>
    internal static void Check(string referenceText, string? language)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(referenceText);
        if (referenceText.Length > Longest)
        {
            throw new ArgumentException($"It must have 1 to {Longest} characters, and has {referenceText.Length}.", nameof(referenceText));
        }

        if (language is not null && !LanguageName().IsMatch(language))
        {
            throw new ArgumentException("It must be the name of a language, such as en-US.", nameof(language));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    internal static partial Regex LanguageName();
}
