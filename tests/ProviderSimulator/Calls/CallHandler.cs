using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Calls;

/// <summary>One call from its first byte to its last.</summary>
internal sealed class CallHandler(Reception reception, TimeProvider time, IHostApplicationLifetime lifetime, IOptions<SimulatorOptions> options)
{
    /// <summary>Headers and names come from clients, and the record keeps them.</summary>
    private const int LongestName = 200;

    private static readonly string[] KeyHeaders = ["Authorization", "x-goog-api-key", "Ocp-Apim-Subscription-Key"];

    public async Task HandleAsync(HttpContext context, IWireFormat format)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        byte[] body;
        WireError? error = null;
        try
        {
            body = await ReadAsync(context.Request, end.Token);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            (body, error) = ([], new(exception.StatusCode, exception.Message));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client left before all of its request was here: nothing has arrived.
            context.Abort();
            return;
        }

        var question = error is null ? Understand(context.Request, format, body, out error) : null;
        var admission = reception.Admit(Describe(context.Request, format, question, body), question, error);
        var writer = new AnswerWriter(context, format, admission);
        try
        {
            await (question is null
                ? writer.RefuseAsync(admission.Error!, end.Token) // What was not understood has an error.
                : new Answer(writer, admission, time).GiveAsync(question, end.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client has left, or the simulator stops: there is nobody to answer.
            context.Abort();
        }
        finally
        {
            admission.Call.End(CallOutcome.Left);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private Question? Understand(HttpRequest request, IWireFormat format, byte[] body, out WireError? error)
    {
        error = null;
        try
        {
            var question = format.Read(request, body, options.Value.AnswerTokens);
            var models = options.Value.Models;
            error = models.Count == 0 || models.Contains(question.Model)
                ? null
                : new(StatusCodes.Status404NotFound, $"The model '{question.Model}' does not exist or you do not have access to it.");
            return question;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Text that is no Unicode is found out when it is read.
            error = WireError.BadRequest("We could not parse the JSON body of your request.");
        }
        catch (BadQuestionException exception)
        {
            error = exception.Error;
        }

        return null;
    }

    private static ProviderCall Describe(HttpRequest request, IWireFormat format, Question? question, byte[] body) => new()
    {
        Id = 0, // The record counts.
        Arrived = default,
        Operation = format.Operation,
        Model = Shortened(question?.Model) ?? "",
        Streamed = question?.Streams ?? false,
        BodyHash = Convert.ToHexStringLower(SHA256.HashData(body)),
        HasKey = KeyHeaders.Any(request.Headers.ContainsKey) || request.Query.ContainsKey("key"),
        JobId = Shortened(request.Headers["x-job-id"].FirstOrDefault()),
    };

    private static string? Shortened(string? name) => name?.Length > LongestName ? name[..LongestName] : name;
}
