namespace Providers;

/// <summary>Says what is written in an image, and as far as it can what the image shows.</summary>
public interface IImageReader
{
    /// <summary>Makes one call, without retries.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProviderException">The call failed.</exception>
    Task<ImageReading> ReadAsync(ReadableImage image, CancellationToken cancellationToken = default);
}
