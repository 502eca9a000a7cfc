global using JobAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Features.Jobs.JobAccepted,
    Microsoft.AspNetCore.Http.HttpResults.Ok<Queueing.JobStatus>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;
using System.Data.Common;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Queueing;

namespace Features.Jobs;

/// <summary>
/// A request that creates jobs: whose they are, and what its headers and query say of them (<c>Idempotency-Key</c>,
/// <c>Prefer: wait=N</c>, <c>priority</c>, <c>delayMs</c>, <c>runAt</c>, <c>expiresAt</c>, <c>callbackUrl</c>). An endpoint that
/// takes it as a parameter understands them all.
/// </summary>
public sealed class EnqueueRequest : IBindableFromHttpContext<EnqueueRequest>
{
    /// <summary>The header with the idempotency key.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>The longest idempotency key, in characters.</summary>
    public const int LongestKey = 255;

    /// <summary>The longest that a request may wait for its job, in seconds: <c>Prefer: wait=N</c> and <c>?wait=N</c>.</summary>
    public const int LongestWaitSeconds = 30;

    private readonly HttpContext context;
    private readonly EnqueueQuery query;

    private EnqueueRequest(HttpContext context) => (this.context, query) = (context, EnqueueQuery.Read(context.Request));

    /// <summary>The caller, whose jobs they are.</summary>
    internal string Owner => context.User.CallerId;

    /// <summary>The caller's key, or null.</summary>
    internal string? IdempotencyKey => query.Options?.IdempotencyKey;

    /// <summary>What is wrong with its headers and query, for an endpoint that has much to do before it accepts a job; null for nothing.</summary>
    internal ValidationProblem? BadParameters => query.Errors is { } errors ? TypedResults.ValidationProblem(errors) : null;

    private JobReceipts Receipts => context.RequestServices.GetRequiredService<JobReceipts>();

    private JobQueue Jobs => context.RequestServices.GetRequiredService<JobQueue>();

    /// <inheritdoc/>
    public static ValueTask<EnqueueRequest?> BindAsync(HttpContext context, ParameterInfo parameter) => new(new EnqueueRequest(context));

    /// <summary>Accepts a job and answers with its receipt or, where the client waits for it and it ends in time, with its status.</summary>
    /// <param name="args">The payload of a registered job type, valid.</param>
    public Task<JobAnswer> AcceptAsync<TArgs>(TArgs args)
        where TArgs : class
        => AcceptAsync(context.RequestServices.GetRequiredService<JobTypes>().For(typeof(TArgs)), args);

    /// <summary>Accepts a job of a type that is known by its name only.</summary>
    /// <param name="type">A registered job type.</param>
    /// <param name="args">Its payload, valid.</param>
    public async Task<JobAnswer> AcceptAsync(JobType type, object args)
    {
        if (Refuse(args) is { } refusal)
        {
            return refusal;
        }

        // Not the request's token: jobs are committed in groups, so a client that leaves would save nothing.
        var job = await Jobs.EnqueueAsync(type, args, Owner, query.Options, CancellationToken.None);
        return await AnswerAsync(job, Receipts.Of(job.JobId));
    }

    /// <summary>Accepts a job together with what belongs to it: both are committed, or neither.</summary>
    /// <param name="args">The payload of a registered job type, valid.</param>
    /// <param name="write">Writes, in the transaction, what belongs to the job. Not called for a job that was accepted before.</param>
    /// <param name="receiptOf">Adds to the receipt what was made, now or before.</param>
    internal async Task<JobAnswer> AcceptAsync<TArgs>(
        TArgs args, Func<NpgsqlTransaction, Guid, Task> write, Func<EnqueuedJob, JobReceipt, ValueTask<JobReceipt>> receiptOf)
        where TArgs : class
    {
        ArgumentNullException.ThrowIfNull(args);
        if (Refuse(args) is { } refusal)
        {
            return refusal;
        }

        EnqueuedJob job;
        await using (var connection = await context.RequestServices.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(CancellationToken.None))
        await using (var transaction = await connection.BeginTransactionAsync(CancellationToken.None))
        {
            job = await Jobs.EnqueueAsync(transaction, args, Owner, query.Options, CancellationToken.None);
            if (!job.Replayed)
            {
                await write(transaction, job.JobId);
            }

            await transaction.CommitAsync(CancellationToken.None);
        }

        Jobs.WakeWorkers<TArgs>();
        return await AnswerAsync(job, await receiptOf(job, Receipts.Of(job.JobId)));
    }

    /// <summary>Accepts a job in nobody's name, for routes that are for everybody.</summary>
    /// <param name="args">The payload of a registered job type, valid.</param>
    /// <param name="owner">Who has it in place of the caller, who may have no name.</param>
    /// <param name="receiptOf">Makes the answer of the receipt.</param>
    internal async Task<JobAnswer> AcceptAsync<TArgs>(TArgs args, string owner, Func<JobReceipt, JobReceipt> receiptOf)
        where TArgs : class
    {
        if (query.Errors is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var job = await Jobs.EnqueueAsync(args, owner, query.Options, CancellationToken.None);
        return await AnswerAsync(job, receiptOf(Receipts.Of(job.JobId)));
    }

    /// <summary>Accepts all of the jobs or none.</summary>
    /// <param name="type">A registered job type.</param>
    /// <param name="args">Its payloads, valid.</param>
    public async Task<Results<Accepted<JobReceipt[]>, ValidationProblem, ProblemHttpResult>> AcceptAllAsync(JobType type, IReadOnlyList<object> args)
    {
        foreach (var one in args)
        {
            switch (Refuse(one)?.Result)
            {
                case ValidationProblem invalid:
                    return invalid;
                case ProblemHttpResult problem:
                    return problem;
            }
        }

        var jobs = await Jobs.EnqueueAllAsync(type, args, Owner, query.Options, CancellationToken.None);
        SayReplayed(jobs.All(job => job.Replayed));
        return TypedResults.Accepted((string?)null, jobs.Select(job => Receipts.Of(job.JobId)).ToArray());
    }

    private async Task<JobAnswer> AnswerAsync(EnqueuedJob job, JobReceipt receipt)
    {
        SayReplayed(job.Replayed);
        return Preference.WaitOf(context.Request.Headers["Prefer"]) is { } seconds && await WaitAsync(job.JobId, seconds) is { IsFinal: true } status
            ? TypedResults.Ok(status)
            : new JobAccepted(receipt);
    }

    private JobAnswer? Refuse(object args)
    {
        if (query.Errors is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        if (args is IOwnedPayload { UserId: { } user } && user != Owner)
        {
            return TypedResults.Problem("userId must be the caller's own.", statusCode: StatusCodes.Status403Forbidden, type: "/problems/forbidden");
        }

        return null;
    }

    private void SayReplayed(bool replayed)
    {
        if (replayed)
        {
            context.Response.Headers["Idempotency-Replayed"] = "true";
        }
    }

    private async Task<JobStatus?> WaitAsync(Guid jobId, int seconds)
    {
        context.Response.Headers["Preference-Applied"] = $"wait={seconds}";
        try
        {
            return await context.RequestServices.GetRequiredService<JobWaiter>()
                .UntilFinishedAsync(jobId, TimeSpan.FromSeconds(seconds), context.RequestAborted);
        }
        catch (DbException)
        {
            return null; // The job is accepted, and a client that heard of an error would not know it.
        }
    }
}
