using Microsoft.Extensions.Options;

namespace Providers.Guard.Throttling;

[OptionsValidator]
internal sealed partial class ThrottleOptionsValidator : IValidateOptions<ThrottleOptions>;
