namespace Features.Webhooks;

/// <summary>A host's name leads to no address that may be called.</summary>
internal sealed class AddressRefusedException() : IOException("The host has no public address.");
