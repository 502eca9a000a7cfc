using Embedded.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Embedded.Tests;

public class HealthWatchTests
{
    [Fact]
    public async Task What_does_not_become_healthy_is_reported_every_fifteen_seconds_with_the_reason()
    {
        var resource = new ProjectResource("web");
        resource.Annotations.Add(new EndpointAnnotation("http", "http", null) { AllocatedPorts = [FreePort.Next()] });
        resource.Annotations.Add(new HttpHealthAnnotation("/health", 200, null));
        var time = new FakeTimeProvider();
        List<string> complaints = [];
        using var ended = new CancellationTokenSource();
        var watch = new HealthWatch(resource, 0, time).RunAsync(static reason => Assert.Equal("connection refused", reason), complaints.Add, ended.Token);

        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return complaints.Count == 2;
        });
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        Assert.All(complaints, complaint => Assert.EndsWith("connection refused", complaint, StringComparison.Ordinal));
    }
}
