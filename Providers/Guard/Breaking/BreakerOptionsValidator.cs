using Microsoft.Extensions.Options;

namespace Providers.Guard.Breaking;

[OptionsValidator]
internal sealed partial class BreakerOptionsValidator : IValidateOptions<BreakerOptions>;
