using System.Text.Json;
using ProviderSimulator.Records;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Calls;

/// <summary>Puts one call's answer on the wire, and its end into the record.</summary>
internal sealed class AnswerWriter(HttpContext context, IWireFormat format, Admission admission)
{
    private readonly HttpResponse response = context.Response;
    private bool isStream;

    public static byte[] Json(object document) => JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Compact);

    public static byte[] Event(byte[] data) => [.. "data: "u8, .. data, .. "\n\n"u8];

    public static byte[] Events(IEnumerable<object> documents) => [.. documents.SelectMany(document => Event(Json(document)))];

    public void Begin(int status, bool streams, WireError? error = null)
    {
        admission.Call.Answer(status);
        isStream = streams;
        response.StatusCode = status;
        response.ContentType = streams ? "text/event-stream" : "application/json";
        format.AddHeaders(response.Headers, admission.Call.Id, admission.Rate, error, admission.Call.Arrived);
    }

    /// <summary>A part of a stream, which the client has at once.</summary>
    public async Task WriteAsync(byte[] part, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(part, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>The last of an answer, or all of it.</summary>
    public Task EndAsync(CallOutcome outcome, byte[] part, CancellationToken cancellationToken)
    {
        if (!isStream)
        {
            response.ContentLength = part.Length;
        }

        cancellationToken.ThrowIfCancellationRequested();
        admission.Call.End(outcome);
        return WriteAsync(isStream ? [.. part, .. format.StreamEnd] : part, cancellationToken);
    }

    public Task RefuseAsync(WireError error, CancellationToken cancellationToken)
    {
        Begin(error.Status, streams: false, error);
        return EndAsync(CallOutcome.Refused, Json(format.Error(error)), cancellationToken);
    }

    /// <summary>Half of a document, of which the head has promised the whole.</summary>
    public async Task CutAsync(byte[] document, CancellationToken cancellationToken)
    {
        response.ContentLength = document.Length;
        await WriteAsync(document[..(document.Length / 2)], cancellationToken);
        await CutAsync(cancellationToken);
    }

    /// <summary>The connection ends, after all that was written.</summary>
    public Task CutAsync(CancellationToken cancellationToken)
    {
        admission.Call.End(CallOutcome.Cut);
        return Connections.CloseAsync(context, cancellationToken);
    }

    public Task ResetAsync()
    {
        admission.Call.End(CallOutcome.Reset);
        Connections.Reset(context);
        return Task.CompletedTask;
    }
}
