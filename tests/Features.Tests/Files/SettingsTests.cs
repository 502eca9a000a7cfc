using Features.Tests.Media;
using Microsoft.Extensions.Options;

namespace Features.Tests.Files;

/// <summary>A service whose settings of the file store make no sense doesn't start.</summary>
public sealed class SettingsTests(MediaServers servers)
{
    private static readonly Dictionary<string, string?> S3 = new()
    {
        ["Files:Store"] = "s3",
        ["Files:S3:Endpoint"] = "127.0.0.1:1",
        ["Files:S3:Bucket"] = "files",
        ["Files:S3:AccessKey"] = "id",
        ["Files:S3:SecretKey"] = "hidden",
    };

    [Theory]
    [InlineData("Files:Store", "disk")]
    [InlineData("Files:Store", "7")]
    [InlineData("Files:Stor", "s3")]
    [InlineData("Files:S3:Buckett", "files")]
    [InlineData("Files:S3:Endpoint", null)]
    [InlineData("Files:S3:Endpoint", "https://s3.example.com")]
    [InlineData("Files:S3:Bucket", "No Bucket")]
    [InlineData("Files:S3:AccessKey", " ")]
    [InlineData("Files:S3:SecretKey", null)]
    [InlineData("Files:S3:Timeout", "00:00:00")]
    [InlineData("Files:S3:Region", "")]
    public async Task It_says_which(string name, string? value)
    {
        var settings = new Dictionary<string, string?>(S3) { [name] = value };

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => servers.StartAsync([.. settings.Select(setting => (setting.Key, setting.Value))]));

        Assert.True(exception is OptionsValidationException or InvalidOperationException, exception.ToString());
        Assert.Contains(name.Split(':')[^1], exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_S3_say_nothing_where_files_are_kept_in_the_database()
    {
        await using var host = await servers.StartAsync(("Files:Store", "database"), ("Files:S3:Bucket", "files"));

        Assert.IsType<Features.Files.DatabaseContents>(host.Contents);
    }
}
