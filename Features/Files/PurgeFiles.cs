using Queueing;

namespace Features.Files;

/// <summary>Deletes files that nothing has kept.</summary>
internal sealed record PurgeFiles;

internal sealed class FilePurger(FileStore files) : IJobHandler<PurgeFiles>
{
    private const int AtOnce = 100;

    public async Task<JobOutcome> HandleAsync(PurgeFiles args, JobContext context, CancellationToken workToken)
    {
        var deleted = 0;
        int now;
        do
        {
            now = await files.DeleteExpiredAsync(AtOnce, workToken);
            deleted += now;
        }
        while (now == AtOnce);

        return new JobOutcome.Completed(new { deleted });
    }
}
