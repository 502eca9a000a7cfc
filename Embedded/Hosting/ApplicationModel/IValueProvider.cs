namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known once the application starts: a port, a password, text made of these.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}
