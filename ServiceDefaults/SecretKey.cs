namespace ServiceDefaults;

/// <summary>A secret of the configuration, in Base64.</summary>
internal static class SecretKey
{
    /// <returns>The secret; null for what isn't Base64, or is shorter than <paramref name="shortest"/> bytes.</returns>
    public static byte[]? Decode(string key, int shortest)
    {
        var bytes = new byte[key.Length];
        return Convert.TryFromBase64String(key, bytes, out var length) && length >= shortest ? bytes[..length] : null;
    }
}
