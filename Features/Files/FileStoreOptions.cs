using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Features.Files;

/// <summary>Where the bytes of uploaded files are kept. The API and the workers have the same.</summary>
public sealed class FileStoreOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Files";

    /// <summary>Where. What was uploaded before a change isn't moved, and isn't found any more.</summary>
    /// <value>Default: the database.</value>
    public FileStoreKind Store { get; set; }

    /// <summary>The store, where <see cref="Store"/> says S3.</summary>
    [ValidateObjectMembers]
    public S3Options S3 { get; set; } = new();
}

/// <summary>Where bytes can be kept.</summary>
public enum FileStoreKind
{
    /// <summary>In the queue's database.</summary>
    Database,

    /// <summary>In a store that speaks Amazon S3's protocol.</summary>
    S3,
}

/// <summary>A bucket in a store that speaks Amazon S3's protocol. The bucket must be there.</summary>
public sealed class S3Options
{
    /// <summary>The host, with its port where that isn't the usual one: <c>s3.eu-central-1.amazonaws.com</c>, <c>minio:9000</c>.</summary>
    /// <value>Default: none; there must be one.</value>
    public string? Endpoint { get; set; }

    /// <summary>The bucket's name. Files are put into it as <c>{id}/{part}</c>.</summary>
    /// <value>Default: none; there must be one.</value>
    public string? Bucket { get; set; }

    /// <summary>The region that requests are signed for.</summary>
    /// <value>Default: us-east-1, which stores that have no regions take.</value>
    [Required, RegularExpression("[A-Za-z0-9-]{1,63}")]
    public string Region { get; set; } = "us-east-1";

    /// <summary>The key's id, which may list the bucket, and read, write and delete in it. White space around it is dropped.</summary>
    /// <value>Default: none; there must be one.</value>
    public string? AccessKey { get; set => field = value?.Trim(); }

    /// <summary>The key's secret, which signs requests and is in none. White space around it is dropped.</summary>
    /// <value>Default: none; there must be one.</value>
    public string? SecretKey { get; set => field = value?.Trim(); }

    /// <summary>Whether it is spoken to by https.</summary>
    /// <value>Default: true.</value>
    public bool UseTls { get; set; } = true;

    /// <summary>How long one request may take, which moves 4 MiB at most.</summary>
    /// <value>Default: 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class FileStoreOptionsValidator : IValidateOptions<FileStoreOptions>;
