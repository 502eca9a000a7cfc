using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;
using Queueing;
using ServiceDefaults;

#pragma warning disable ASP0029 // The validation API is experimental in .NET 10; it is what AddValidation() itself calls.

namespace Api.Jobs;

/// <summary>Reads payloads of a type that only the request names.</summary>
internal sealed class PayloadReader(
    IOptions<JsonOptions> json, IOptions<ValidationOptions> validation, BodyErrors bodyErrors, IServiceProvider services)
{
    public const int LargestBatch = 1000;

    private readonly ConcurrentDictionary<JobType, PayloadType> types = [];

    /// <returns>The payload, or what is wrong with it by field.</returns>
    public async ValueTask<(object? Payload, IDictionary<string, string[]>? Errors)> ReadAsync(JobType type, PipeReader body)
    {
        var text = await ReadToEndAsync(body);
        try
        {
            return await TypeOf(type).ReadAsync(text);
        }
        finally
        {
            body.AdvanceTo(text.End);
        }
    }

    /// <returns>The payloads, or what is wrong with any of them by place and field: "[3].content".</returns>
    public async ValueTask<(IReadOnlyList<object>? Payloads, IDictionary<string, string[]>? Errors)> ReadAllAsync(JobType type, PipeReader body)
    {
        var text = await ReadToEndAsync(body);
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.GetArrayLength() is >= 1 and <= LargestBatch
                ? await ReadItemsAsync(TypeOf(type), document.RootElement)
                : (null, new Dictionary<string, string[]> { ["body"] = [$"Expected an array of 1 to {LargestBatch} payloads."] });
        }
        catch (JsonException exception)
        {
            return (null, BodyErrors.OfBody(exception));
        }
        finally
        {
            body.AdvanceTo(text.End);
        }
    }

    private static async ValueTask<(IReadOnlyList<object>? Payloads, IDictionary<string, string[]>? Errors)> ReadItemsAsync(PayloadType type, JsonElement array)
    {
        var payloads = new List<object>(array.GetArrayLength());
        var errors = new Dictionary<string, string[]>();
        var place = 0;
        foreach (var item in array.EnumerateArray())
        {
            var (payload, found) = await type.ReadAsync(item, $"[{place++}]");
            if (payload is not null)
            {
                payloads.Add(payload);
                continue;
            }

            foreach (var (field, messages) in found!)
            {
                errors[field] = messages;
            }
        }

        return errors.Count == 0 ? (payloads, null) : (null, errors);
    }

    private static async ValueTask<ReadOnlySequence<byte>> ReadToEndAsync(PipeReader body)
    {
        while (true)
        {
            var read = await body.ReadAsync();
            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private PayloadType TypeOf(JobType type) => types.TryGetValue(type, out var known)
        ? known
        : types.GetOrAdd(type, new PayloadType(type, json.Value.SerializerOptions, validation.Value, bodyErrors, services));
}
