using Providers.Faults;

namespace Providers.Azure;

/// <summary>One of the tables of <see cref="AzureFaults"/>.</summary>
internal delegate ProviderFault AzureFaultMeaning(int status, params ReadOnlySpan<string?> codes);
