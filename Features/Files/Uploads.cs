using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Features.Files;

/// <summary>
/// Reads forms (<c>multipart/form-data</c>, RFC 7578) with one file, which goes to where files are kept as it comes in: an upload is never in
/// memory as a whole, nor on this machine's disk.
/// </summary>
internal sealed class Uploads(FileStore files)
{
    private const int MostParts = 20;
    private const int LongestField = 64 << 10; // Bytes.
    private const int LongestName = 255;
    private const int LongestBoundary = 70; // As RFC 2046 has it.
    private const int BufferLength = 64 << 10; // Bytes.

    /// <returns>The form, or what to answer to one that isn't as expected.</returns>
    public async Task<(UploadedForm? Form, ProblemHttpResult? Refusal)> ReadAsync(
        HttpRequest request, string owner, FileKind kind, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, $"Expected a form (multipart/form-data) with {kind.Description} in its field \"file\"."));
        }

        try
        {
            return await ReadAsync(new MultipartReader(boundary, request.Body, BufferLength), owner, kind, cancellationToken);
        }
        catch (FileTooLargeException exception)
        {
            return (null, Refuse(StatusCodes.Status413PayloadTooLarge, exception.Message));
        }
        catch (InvalidDataException)
        {
            return (null, Refuse(StatusCodes.Status400BadRequest, $"The form can't be read: expected parts that end, {MostParts} at most, with {LongestField >> 10} KiB at most in each but the file."));
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            return (null, Refuse(StatusCodes.Status400BadRequest, "The form ends before its last part does."));
        }
    }

    private async Task<(UploadedForm? Form, ProblemHttpResult? Refusal)> ReadAsync(
        MultipartReader form, string owner, FileKind kind, CancellationToken cancellationToken)
    {
        StoredFile? file = null;
        var isComplete = false;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            for (var parts = 0; await form.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
            {
                if (parts == MostParts)
                {
                    throw new InvalidDataException();
                }

                if (section.GetContentDispositionHeader() is not { } disposition)
                {
                    continue;
                }

                if (!disposition.IsFileDisposition())
                {
                    fields[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = await ReadFieldAsync(section, cancellationToken);
                }
                else if (file is not null)
                {
                    return (null, Refuse(StatusCodes.Status400BadRequest, $"Expected one file, {kind.Description}; the form has more."));
                }
                else if (await SaveAsync(section, disposition, owner, kind, cancellationToken) is { } saved)
                {
                    file = saved;
                }
                else
                {
                    return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, $"Expected {kind.Description}, by what the file begins with."));
                }
            }

            isComplete = true;
            return file is null
                ? (null, Refuse(StatusCodes.Status400BadRequest, $"Expected {kind.Description} in the form's field \"file\"."))
                : (new(file, fields), null);
        }
        finally
        {
            if (file is not null && !isComplete)
            {
                await files.DiscardAsync(file.Id);
            }
        }
    }

    /// <returns>Null for a file that isn't of the kind.</returns>
    private async Task<StoredFile?> SaveAsync(
        MultipartSection section, ContentDispositionHeaderValue disposition, string owner, FileKind kind, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(section.Body, new(leaveOpen: true));
        await using var bytes = pipe.AsStream();
        return await RecogniseAsync(pipe, kind, cancellationToken) is { } mediaType
            ? await files.SaveAsync(owner, NameOf(disposition), mediaType, bytes, kind.Most, cancellationToken)
            : null;
    }

    private static async Task<string?> RecogniseAsync(PipeReader bytes, FileKind kind, CancellationToken cancellationToken)
    {
        var read = await bytes.ReadAtLeastAsync(FileKind.Head, cancellationToken);
        var head = read.Buffer.Slice(0, Math.Min(FileKind.Head, read.Buffer.Length)).ToArray();
        bytes.AdvanceTo(read.Buffer.Start, read.Buffer.Start); // They are part of the file.
        return kind.MediaTypeOf(head);
    }

    private static async Task<string> ReadFieldAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestField + 1];
        var length = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField ? Encoding.UTF8.GetString(bytes, 0, length).Trim() : throw new InvalidDataException();
    }

    // What a browser calls a path is a name only; and PostgreSQL takes no NUL.
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var given = disposition.FileNameStar is { HasValue: true, Length: > 0 } star ? star.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
        var name = (given ?? "").Split('/', '\\')[^1].EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(LongestName);
        return string.Concat(name);
    }

    private static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
