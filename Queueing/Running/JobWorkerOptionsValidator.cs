using Microsoft.Extensions.Options;

namespace Queueing.Running;

[OptionsValidator]
internal sealed partial class JobWorkerOptionsValidator : IValidateOptions<JobWorkerOptions>;
