using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ResourceBuilderExtensions
{
    extension<T>(IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        public IResourceBuilder<T> WithEnvironment(string name, string? value) => builder.WithVariable(name, value ?? "");

        public IResourceBuilder<T> WithEnvironment(string name, EndpointReference endpointReference) => builder.WithVariable(name, endpointReference);

        public IResourceBuilder<T> WithEnvironment(string name, ReferenceExpression value) => builder.WithVariable(name, value);

        public IResourceBuilder<T> WithEnvironment(string name, IResourceBuilder<ParameterResource> parameter) => builder.WithVariable(name, parameter.Resource);

        public IResourceBuilder<T> WithEnvironment(Action<EnvironmentCallbackContext> callback) => builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

        private IResourceBuilder<T> WithVariable(string name, object value) =>
            builder.WithEnvironment(context => context.EnvironmentVariables[name] = value);
    }

    extension<T>(IResourceBuilder<T> builder) where T : IResourceWithArgs
    {
        public IResourceBuilder<T> WithArgs(params string[] args) => builder.WithAnnotation(new ArgumentsAnnotation(args));
    }

    extension<T>(IResourceBuilder<T> builder) where T : IResourceWithWaitSupport
    {
        /// <summary>Starts when every process of the dependency is healthy. For a database: when it exists.</summary>
        public IResourceBuilder<T> WaitFor(IResourceBuilder<IResource> dependency) =>
            builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy));

        public IResourceBuilder<T> WaitForStart(IResourceBuilder<IResource> dependency) =>
            builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilStarted));

        /// <summary>Starts when the dependency has done its work. If it ends with another exit code, the application stops.</summary>
        public IResourceBuilder<T> WaitForCompletion(IResourceBuilder<IResource> dependency, int exitCode = 0) =>
            builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));
    }
}
