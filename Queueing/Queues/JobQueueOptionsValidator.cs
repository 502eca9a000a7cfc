using Microsoft.Extensions.Options;

namespace Queueing;

[OptionsValidator]
internal sealed partial class JobQueueOptionsValidator : IValidateOptions<JobQueueOptions>;
