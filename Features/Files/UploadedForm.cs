namespace Features.Files;

/// <summary>A form with a file, as a client sent it.</summary>
/// <param name="File">The file, saved.</param>
/// <param name="Fields">The other fields, by their names.</param>
internal sealed record UploadedForm(StoredFile File, IReadOnlyDictionary<string, string> Fields)
{
    /// <returns>A field's text, or null where there is none or it is empty.</returns>
    public string? this[string name] => Fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
