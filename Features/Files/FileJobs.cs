using Features.Jobs;

namespace Features.Files;

/// <summary>Jobs that are made for an uploaded file.</summary>
internal static class FileJobs
{
    extension(EnqueueRequest request)
    {
        /// <summary>
        /// Accepts a job together with its file, which <see cref="FileStore.ReadOfJobAsync"/> finds by the job's id. The payload has the
        /// file's hash and not its id, which is another for each upload: so a request that is sent again with its idempotency key is the
        /// same when its file is. A file that no new job was made for is deleted at once.
        /// </summary>
        /// <param name="args">The payload of a registered job type, valid, with the file's hash.</param>
        /// <param name="file">The file, just saved.</param>
        /// <param name="files">Where it is.</param>
        public async Task<JobAnswer> AcceptAsync<TArgs>(TArgs args, StoredFile file, FileStore files)
            where TArgs : class
        {
            var isGiven = false;
            try
            {
                return await request.AcceptAsync(
                    args,
                    async (transaction, jobId) => isGiven = await FileStore.TryGiveToJobAsync(transaction, file.Id, jobId, CancellationToken.None)
                        ? true
                        : throw new FileGoneException(),
                    (_, receipt) => new(receipt));
            }
            finally
            {
                if (!isGiven)
                {
                    await files.DiscardAsync(file.Id);
                }
            }
        }
    }
}
