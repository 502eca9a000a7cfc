using ProviderSimulator.Answers;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Calls;

/// <summary>Gives one call the answer, or the fault, that is in store for it.</summary>
internal sealed class Answer(AnswerWriter writer, Admission admission, TimeProvider time)
{
    private readonly OpenCall call = admission.Call;
    private readonly Fate fate = admission.Fate;

    /// <param name="question">What is asked.</param>
    /// <param name="cancellationToken">Fires when the client has left.</param>
    public async Task GiveAsync(Question question, CancellationToken cancellationToken)
    {
        await WaitAsync(fate.Latency, cancellationToken);
        await (fate.Fault?.Fault switch
        {
            _ when admission.Error is { } error => writer.RefuseAsync(error, cancellationToken),
            Fault.ContentPolicy => BlockAsync(question, cancellationToken),
            Fault.Reset => writer.ResetAsync(),
            Fault.Hang when fate.MostChunks == 0 || !question.Streams => HangAsync(cancellationToken),
            _ => question.Streams ? StreamAsync(question, cancellationToken) : WholeAsync(question, cancellationToken),
        });
    }

    private Task BlockAsync(Question question, CancellationToken cancellationToken)
    {
        if (question.Blocked(call.Id) is not { } blocked)
        {
            return writer.RefuseAsync(WireError.ContentPolicy, cancellationToken);
        }

        writer.Begin(StatusCodes.Status200OK, question.Streams);
        var body = AnswerWriter.Json(blocked);
        return writer.EndAsync(CallOutcome.Refused, question.Streams ? AnswerWriter.Event(body) : body, cancellationToken);
    }

    private async Task WholeAsync(Question question, CancellationToken cancellationToken)
    {
        var reply = question.ReplyTo(fate);
        await WaitAsync(fate.FirstToken + (reply.Pieces.Count * fate.PerToken), cancellationToken);

        writer.Begin(StatusCodes.Status200OK, streams: false);
        call.Read(question.PromptTokens);
        call.Wrote(reply.Pieces.Count);
        var body = AnswerWriter.Json(fate.Is(Fault.Empty) ? question.Nothing(call.Id, call.Created) : question.Whole(reply, call.Id, call.Created));
        await (fate.Is(Fault.Cut)
            ? writer.CutAsync(body, cancellationToken)
            : writer.EndAsync(CallOutcome.Answered, Broken(body), cancellationToken));
    }

    private async Task StreamAsync(Question question, CancellationToken cancellationToken)
    {
        writer.Begin(StatusCodes.Status200OK, streams: true);
        call.Read(question.PromptTokens);
        var reply = question.ReplyTo(fate);
        await writer.WriteAsync(AnswerWriter.Events(question.Opening(call.Id, call.Created)), cancellationToken);

        var wait = fate.FirstToken;
        foreach (var piece in reply.Pieces.Take(fate.MostChunks))
        {
            await WaitAsync(wait, cancellationToken);
            call.Wrote(1);
            var data = Broken(AnswerWriter.Json(question.Piece(piece, call.Id, call.Created)));
            await writer.WriteAsync(AnswerWriter.Event(data), cancellationToken);
            wait = fate.PerToken;
        }

        await (fate.Fault?.Fault switch
        {
            Fault.Hang => HangAsync(cancellationToken),
            Fault.Cut => writer.CutAsync(cancellationToken),
            _ => writer.EndAsync(CallOutcome.Answered, AnswerWriter.Events(question.Closing(reply, call.Id, call.Created)), cancellationToken),
        });
    }

    private byte[] Broken(byte[] json) => fate.Is(Fault.BrokenJson) ? json[..(json.Length / 2)] : json;

    private Task HangAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
}
