using Microsoft.Extensions.Options;

namespace Queueing;

[OptionsValidator]
internal sealed partial class JobRetentionOptionsValidator : IValidateOptions<JobRetentionOptions>;
