namespace Features.Files;

/// <summary>A file that is all there.</summary>
/// <param name="Id">Its id: a UUID of version 7.</param>
/// <param name="Owner">Who uploaded it.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="MediaType">What it is, as its first bytes say.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">The hash of its bytes, in lower-case hexadecimal.</param>
internal sealed record StoredFile(Guid Id, string Owner, string Name, string MediaType, long Length, string Sha256);
