using Microsoft.Extensions.AI;
using Queueing;

namespace Providers.Tests.Chat;

/// <summary>The payload.</summary>
internal sealed record Question(string Text = "one two three four five six", bool Stream = false, string? Model = null);

/// <summary>What a test wants to happen between two pieces of a stream.</summary>
internal sealed class Asked
{
    public Func<int, Task> AfterPiece { get; set; } = _ => Task.CompletedTask;
}

internal sealed class Asker(IChatClient chat, Asked asked) : IJobHandler<Question>
{
    public async Task<JobOutcome> HandleAsync(Question args, JobContext context, CancellationToken workToken)
    {
        var options = new ChatOptions { ModelId = args.Model };
        if (!args.Stream)
        {
            return new JobOutcome.Completed((await chat.GetResponseAsync(args.Text, options, workToken)).Text);
        }

        var (text, pieces) = ("", 0);
        await foreach (var piece in chat.GetStreamingResponseAsync(args.Text, options, workToken))
        {
            text += piece.Text;
            context.WriteText(piece.Text);
            await asked.AfterPiece(++pieces);
        }

        return new JobOutcome.Completed(text);
    }
}
