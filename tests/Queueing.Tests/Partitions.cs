using Queueing.Maintenance;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>What a test of the partitions needs: partitions and jobs of the past.</summary>
internal static class Partitions
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    extension(QueueHost host)
    {
        public Task KeepPartitionsAsync() => host.Task<PartitionKeeper>().RunOnceAsync(Cancellation);

        /// <summary>A partition of an hour that began so many days ago.</summary>
        public async Task<DateTimeOffset> MakePastPartitionAsync(int daysAgo)
        {
            var starts = (DateTime)(await host.ScalarAsync($"select date_trunc('hour', now()) - interval '{daysAgo} days'"))!;
            Assert.Equal(true, await host.ScalarAsync($"select make_job_partition('{starts:O}', '{starts.AddHours(1):O}')"));
            return starts;
        }

        /// <summary>A job whose id says that it was made at a time.</summary>
        public async Task<Guid> EnqueueAtAsync(DateTimeOffset at, EnqueueOptions? options = null)
        {
            var job = new NewJob(Guid.CreateVersion7(at), host.Get<JobTypes>().Find("chore")!, "somebody", """{"text":""}""", null, options ?? new());
            await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
            await host.Get<EnqueueStore>().InsertAsync(connection, isForeign: false, [job], Cancellation);
            return job.Id;
        }

        /// <summary>Lets a waiting job end, and its end be so long ago.</summary>
        public async Task EndAsync(Guid jobId, string state, string ago)
        {
            Assert.Equal(1L, await host.ScalarAsync($$"""
                with ended as (delete from job_ready where job_id = '{{jobId}}' returning *),
                     failure as (insert into job_failure (job_id, attempt, error) select job_id, 1, '{"type":"t","message":"m","transient":true}' from ended),
                     counted as (insert into job_count_delta (queue, waiting, {{state}}) values ('default', -1, 1)),
                     outcome as (insert into job_outcome (job_id, state, attempt, seq, queue, error, finished_at)
                                 select job_id, '{{state}}', 1, 2, queue,
                                        case when '{{state}}' = 'failed' then '{"type":"t","message":"m","transient":true}'::json end, now() - interval '{{ago}}' from ended)
                select count(*) from ended
                """));
        }

        public Task<IReadOnlyList<string>> TablesOfAsync(Guid jobId) => host.ColumnAsync<string>($"""
            select tableoid::regclass::text from job where id = '{jobId}'
            union all select tableoid::regclass::text from job_outcome where job_id = '{jobId}'
            union all select tableoid::regclass::text from job_failure where job_id = '{jobId}'
            """);

        public async Task<long> PartitionsAsync() => (await host.ColumnAsync<DateTime>(Sql.ListPartitions)).Count;
    }
}
