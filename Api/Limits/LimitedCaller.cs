using System.Net;
using System.Net.Sockets;
using ServiceDefaults;

namespace Api.Limits;

/// <summary>Whose requests are counted together.</summary>
/// <param name="Name">Of a caller that signed in; null for the others.</param>
/// <param name="Address">Where the others are: what a host can choose of an IPv6 address is left out. Headers can say anything, and aren't asked.</param>
internal readonly record struct LimitedCaller(string? Name, UInt128 Address)
{
    private const int IPv6Length = 16;
    private const int HostLength = 8;

    public static LimitedCaller Of(HttpContext context) =>
        context.User.Id is { } name ? new(name, 0) : new(null, NetworkOf(context.Connection.RemoteIpAddress ?? IPAddress.None));

    internal static UInt128 NetworkOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        var isIPv6 = address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false };
        (isIPv6 ? address : address.MapToIPv6()).TryWriteBytes(bytes, out _);
        if (isIPv6)
        {
            bytes[^HostLength..].Clear();
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
