using System.Security.Cryptography;
using Features.Files;
using Features.Tests.Media;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Features.Tests.Files;

/// <summary>What holds wherever files are kept.</summary>
public sealed class FileStoreTests(MediaServers servers, S3Server s3)
{
    private const int MiB = 1 << 20;

    private (string Name, string? Value)[] settings = [];

    public static TheoryData<string> Stores => ["database", "s3"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("database", 1)]
    [InlineData("database", MiB)]
    [InlineData("database", (2 * MiB) + 1)]
    [InlineData("s3", 1)]
    [InlineData("s3", 4 * MiB)]
    [InlineData("s3", (8 * MiB) + 1)]
    public async Task A_file_is_there_as_it_was_with_what_was_said_of_it(string store, int length)
    {
        await using var host = await StartAsync(store);

        var saved = await host.Files.SaveAsync("ann", "my file.bin", "a/b", new Source(length), length, Cancellation);

        var bytes = Source.Bytes(length);
        Assert.Equal(new StoredFile(saved.Id, "ann", "my file.bin", "a/b", length, Convert.ToHexStringLower(SHA256.HashData(bytes))), saved);
        Assert.Equal(saved, await host.Files.FindAsync(saved.Id, Cancellation));
        using var read = new MemoryStream();
        await host.Files.ReadAsync(saved.Id, read, Cancellation);
        Assert.Equal(bytes, read.ToArray());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Of_an_upload_that_is_cut_off_nothing_stays(string store)
    {
        await using var host = await StartAsync(store);
        var source = new Source(20 * MiB, position => position < 9 * MiB ? Task.CompletedTask : throw new IOException("cut"));

        var exception = await Assert.ThrowsAsync<IOException>(() => host.Files.SaveAsync("ann", "", "", source, 50 * MiB, Cancellation));

        Assert.Equal("cut", exception.Message);
        Assert.Equal((0, 0), (await host.FilesAsync(), await PartsAsync(host, store)));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_file_that_is_too_large_is_refused_at_the_first_byte_that_is_too_many_and_nothing_stays(string store)
    {
        await using var host = await StartAsync(store);
        var sent = 0L;

        var exception = await Assert.ThrowsAsync<FileTooLargeException>(() => host.Files.SaveAsync(
            "ann", "", "", new Source(50 * MiB, position => Task.FromResult(sent = position)), 5 * MiB, Cancellation));

        Assert.Equal(5 * MiB, exception.Most);
        Assert.InRange(sent, 4 * MiB, (5 * MiB) + 60_000);
        Assert.Equal((0, 0), (await host.FilesAsync(), await PartsAsync(host, store)));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task While_50_MiB_come_in_no_more_than_10_are_on_their_way(string store)
    {
        await using var host = await StartAsync(store);
        var looked = 0;

        await host.Files.SaveAsync("ann", "", "", new Source(50 * MiB, LookAsync), 50 * MiB, Cancellation);

        Assert.Equal(4, looked);

        // Every so often: are the bytes that were read so far where they are kept?
        async Task LookAsync(long position)
        {
            if (position < (looked + 1) * 11 * MiB)
            {
                return;
            }

            looked++;
            using var there = new Sink();
            await host.Contents.ReadAsync(await host.ScalarAsync<Guid>("select id from stored_file"), there, Cancellation);
            Assert.InRange(there.Length, position - (10 * MiB), position);
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Until_all_of_it_is_there_a_file_is_not_to_be_seen(string store)
    {
        await using var host = await StartAsync(store);
        StoredFile? seen = null;

        await host.Files.SaveAsync("ann", "", "", new Source(6 * MiB, LookAsync), 50 * MiB, Cancellation);

        Assert.Null(seen);

        async Task LookAsync(long position) => seen ??= await host.Files.FindAsync(await host.ScalarAsync<Guid>("select id from stored_file"), Cancellation);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_expired_is_purged_and_what_was_kept_or_is_young_is_not(string store)
    {
        await using var host = await StartAsync(store);
        var (kept, old, young) = (await SaveAsync(host), await SaveAsync(host), await SaveAsync(host));
        Assert.True(await KeepAsync(host, kept, commit: true));
        await host.ExecuteAsync($"update stored_file set expires_at = now() - interval '2 hours' where id in ('{old}', '{kept}') and expires_at is not null");

        await host.Files.DeleteExpiredAsync(100, Cancellation);

        Assert.Equal(
            (true, false, true),
            (await host.Files.FindAsync(kept, Cancellation) is not null, await host.Files.FindAsync(old, Cancellation) is not null, await host.Files.FindAsync(young, Cancellation) is not null));
        Assert.Equal(2, await PartsAsync(host, store));
        await host.Files.ReadAsync(kept, new Sink(), Cancellation);
        await Assert.ThrowsAsync<FileGoneException>(() => host.Files.ReadAsync(old, new Sink(), Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_an_upload_left_that_nobody_could_delete_is_purged(string store)
    {
        await using var host = await StartAsync(store);
        var file = await SaveAsync(host);
        await host.ExecuteAsync("update stored_file set length = null, expires_at = now() - interval '2 hours'");

        await host.Files.DeleteExpiredAsync(100, Cancellation);

        Assert.Equal((0, 0), (await host.FilesAsync(), await PartsAsync(host, store)));
        await Assert.ThrowsAsync<FileGoneException>(() => host.Contents.ReadAsync(file, new Sink(), Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_file_that_has_expired_is_none_and_cannot_be_kept_any_more(string store)
    {
        await using var host = await StartAsync(store);
        var file = await SaveAsync(host);
        await host.ExecuteAsync("update stored_file set expires_at = now() - interval '1 second'");

        Assert.Null(await host.Files.FindAsync(file, Cancellation));
        Assert.False(await KeepAsync(host, file, commit: true));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_file_is_kept_only_if_the_transaction_is_committed(string store)
    {
        await using var host = await StartAsync(store);
        var file = await SaveAsync(host);

        Assert.True(await KeepAsync(host, file, commit: false));

        Assert.True(await host.ScalarAsync<bool>("select expires_at is not null from stored_file"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Deleting_twice_is_fine(string store)
    {
        await using var host = await StartAsync(store);
        var file = await SaveAsync(host);

        await host.Files.DiscardAsync(file);
        await host.Files.DiscardAsync(file);
        await host.Contents.DeleteAsync(file, Cancellation);
        await host.Contents.DeleteAsync(Guid.CreateVersion7(), Cancellation);

        Assert.Equal((0, 0), (await host.FilesAsync(), await PartsAsync(host, store)));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_file_that_is_deleted_while_it_is_read_does_not_pass_for_a_shorter_one(string store)
    {
        await using var host = await StartAsync(store);
        var file = (await host.Files.SaveAsync("ann", "", "", new Source(9 * MiB), 50 * MiB, Cancellation)).Id;

        await Assert.ThrowsAsync<FileGoneException>(() => host.Files.ReadAsync(file, new Sink(() => host.Files.DiscardAsync(file)), Cancellation));
    }

    private static async Task<Guid> SaveAsync(MediaHost host) => (await host.Files.SaveAsync("ann", "", "", new Source(100), 50 * MiB, Cancellation)).Id;

    private static async Task<bool> KeepAsync(MediaHost host, Guid file, bool commit)
    {
        await using var connection = await host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var isKept = true;
        try
        {
            await FileStore.KeepAsync(transaction, file, Cancellation);
        }
        catch (FileGoneException)
        {
            isKept = false;
        }

        if (commit)
        {
            await transaction.CommitAsync(Cancellation);
        }

        return isKept;
    }

    private async Task<MediaHost> StartAsync(string store)
    {
        settings = store == "s3" ? await s3.SettingsAsync() : [];
        return await servers.StartAsync(settings);
    }

    private async Task<long> PartsAsync(MediaHost host, string store) =>
        store == "s3" ? s3.Objects(settings) : await host.ScalarAsync<long>("select count(*) from stored_file_part");
}
