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
    private const int MostFields = 20;
    private const int LongestField = 64 << 10; // Bytes.
    private const int LongestName = 255;
    private const int BufferLength = 64 << 10; // Bytes.

    /// <returns>The form, or what to answer to one that isn't as expected.</returns>
    public async Task<(UploadedForm? Form, ProblemHttpResult? Refusal)> ReadAsync(
        HttpRequest request, string owner, FileKind kind, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
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
            return (null, Refuse(StatusCodes.Status400BadRequest, "The form can't be read: it has too much beside the file, or no part that ends."));
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
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition)
            {
                continue;
            }

            if (!disposition.IsFileDisposition())
            {
                if (fields.Count == MostFields)
                {
                    throw new InvalidDataException();
                }

                fields[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = await ReadFieldAsync(section, cancellationToken);
            }
            else if (file is not null)
            {
                return (null, Refuse(StatusCodes.Status400BadRequest, $"Expected one file, {kind.Description}; the form has more."));
            }
            else
            {
                var name = NameOf(disposition);
                var pipe = PipeReader.Create(section.Body, new(leaveOpen: true));
                if (await RecogniseAsync(pipe, kind, cancellationToken) is not { } mediaType)
                {
                    return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, $"Expected {kind.Description}, by what the file begins with."));
                }

                await using var bytes = pipe.AsStream();
                file = await files.SaveAsync(owner, name, mediaType, bytes, kind.Most, cancellationToken);
            }
        }

        return file is null
            ? (null, Refuse(StatusCodes.Status400BadRequest, $"Expected {kind.Description} in the form's field \"file\"."))
            : (new(file, fields), null);
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
        var name = new string([.. (given ?? "").Split('/', '\\')[^1].Where(character => !char.IsControl(character) && !char.IsSurrogate(character))]);
        return name.Length > LongestName ? name[..LongestName] : name;
    }

    private static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
