namespace Features.Files;

/// <summary>A file has more bytes than one of its kind may have.</summary>
internal sealed class FileTooLargeException(long most) : Exception($"A file of this kind has at most {most >> 20} MiB.")
{
    /// <summary>The most bytes.</summary>
    public long Most => most;
}
