using Providers.Chains;

namespace Providers.Vision;

/// <summary>Asks the first of a chain that can answer.</summary>
internal sealed class GuardedImageReader(ProviderChain<IImageReader> chain) : IImageReader
{
    public Task<ImageReading> ReadAsync(ReadableImage image, CancellationToken cancellationToken = default) =>
        chain.CallAsync((reader, token) => reader.ReadAsync(image, token), cancellationToken);
}
