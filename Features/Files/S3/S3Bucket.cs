using System.Net;
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
        http = new(new S3Answers { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) } })
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
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // All that is done here is to talk to S3, and its client has no one type for what goes wrong with that.
            throw new StorageAwayException(ReasonOf(exception), exception);
        }
    }

    // Of exceptions no more than what they are: their messages may have what was sent.
    private static string ReasonOf(Exception exception) => exception switch
    {
        MinioException { Response.Code: { Length: > 0 } code } => code,
        HttpRequestException { StatusCode: { } status } => $"it answered with {(int)status}",
        HttpRequestException failure => failure.HttpRequestError.ToString(),
        _ => exception.GetType().Name,
    };

    /// <summary>Lets nothing pass for an answer but those that S3 gives to what is asked here: the client takes a redirect for a success.</summary>
    private sealed class S3Answers : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.NotFound && request.Method != HttpMethod.Put))
            {
                return response;
            }

            response.Dispose();
            throw new HttpRequestException(HttpRequestError.InvalidResponse, statusCode: response.StatusCode);
        }
    }
}
