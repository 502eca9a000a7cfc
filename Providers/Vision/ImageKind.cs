namespace Providers;

/// <summary>The kinds of images that are taken.</summary>
public enum ImageKind
{
    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>WebP.</summary>
    WebP,
}
