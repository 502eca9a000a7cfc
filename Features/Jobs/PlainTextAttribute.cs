using System.ComponentModel.DataAnnotations;

namespace Features.Jobs;

/// <summary>Text that PostgreSQL can keep: without NUL, and without half of a surrogate pair. Null and what isn't text passes.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PlainTextAttribute() : ValidationAttribute("The field {0} must be text, without the character NUL or half a character.")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is not string text || IsPlain(text);

    internal static bool IsPlain(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\0' || (char.IsSurrogate(text[index]) && !(index + 1 < text.Length && char.IsSurrogatePair(text[index], text[++index]))))
            {
                return false;
            }
        }

        return true;
    }
}
