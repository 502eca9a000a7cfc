using System.Xml;
using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace Features.Files.S3;

/// <summary>A bucket. Whatever goes wrong with it is a <see cref="StorageAwayException"/>, which has nothing of keys or contents.</summary>
internal sealed class S3Bucket : IDisposable
{
    private readonly S3Options options;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly IMinioClient client;

    public S3Bucket(S3Options options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan, // Each call has its own.
        };
        client = new MinioClient()
            .WithEndpoint(options.Endpoint)
            .WithCredentials(options.AccessKey, options.SecretKey)
            .WithRegion(options.Region)
            .WithSSL(options.UseTls)
            .WithHttpClient(http)
            .Build();
    }

    public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            using var content = new MemoryStream(bytes.ToArray(), writable: false);
            await client.PutObjectAsync(
                new PutObjectArgs().WithBucket(options.Bucket).WithObject(key).WithStreamData(content).WithObjectSize(bytes.Length), token);
            return true;
        },
        cancellationToken);

    /// <returns>Whether there is such an object.</returns>
    public Task<bool> TryGetAsync(string key, MemoryStream destination, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            try
            {
                await client.GetObjectAsync(
                    new GetObjectArgs().WithBucket(options.Bucket).WithObject(key).WithCallbackStream((content, _) => content.CopyToAsync(destination, token)), token);
                return true;
            }
            catch (ObjectNotFoundException)
            {
                return false;
            }
        },
        cancellationToken);

    public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            try
            {
                await client.StatObjectAsync(new StatObjectArgs().WithBucket(options.Bucket).WithObject(key), token);
                return true;
            }
            catch (ObjectNotFoundException)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Deletes an object; nothing if there is none.</summary>
    public Task DeleteAsync(string key, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            await client.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(options.Bucket).WithObject(key), token);
            return true;
        },
        cancellationToken);

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageAwayException($"no answer within {options.Timeout.TotalSeconds} s", exception);
        }
        catch (MinioException exception)
        {
            throw new StorageAwayException(exception.Response?.Code is { Length: > 0 } code ? code : exception.GetType().Name, exception);
        }
        catch (HttpRequestException exception)
        {
            throw new StorageAwayException(exception.HttpRequestError.ToString(), exception);
        }
        catch (Exception exception) when (exception is IOException or XmlException or InvalidOperationException)
        {
            // A connection that was cut in the midst of an answer, or an answer that isn't S3's.
            throw new StorageAwayException(exception.GetType().Name, exception);
        }
    }
}
