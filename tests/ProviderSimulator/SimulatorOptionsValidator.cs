using Microsoft.Extensions.Options;

namespace ProviderSimulator;

[OptionsValidator]
internal sealed partial class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>;
