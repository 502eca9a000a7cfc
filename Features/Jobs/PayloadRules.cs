using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Validation;
using Queueing;

#pragma warning disable ASP0029 // The validation API is experimental in .NET 10; it is what AddValidation() itself calls.

namespace Features.Jobs;

/// <summary>
/// The rules of payloads that no endpoint takes by its type, so that none are generated for them: the attributes on the
/// properties and on the constructor's parameters, read once.
/// </summary>
internal sealed class PayloadRules(JobTypes types) : IValidatableInfoResolver
{
    private readonly Lazy<Dictionary<Type, IValidatableInfo>> rules = new(() => Find(types));

    public bool TryGetValidatableTypeInfo(Type type, [NotNullWhen(true)] out IValidatableInfo? validatableInfo) =>
        rules.Value.TryGetValue(type, out validatableInfo);

    public bool TryGetValidatableParameterInfo(ParameterInfo parameterInfo, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
    {
        validatableInfo = null;
        return false;
    }

    private static Dictionary<Type, IValidatableInfo> Find(JobTypes types)
    {
        var found = new Dictionary<Type, IValidatableInfo>();
        foreach (var type in types.All)
        {
            Add(type.ArgsType, found);
        }

        return found;
    }

    private static void Add(Type type, Dictionary<Type, IValidatableInfo> found)
    {
        if (type.IsPrimitive || type.IsEnum || type.Namespace?.Split('.')[0] == nameof(System) || !found.TryAdd(type, null!))
        {
            return;
        }

        var parameters = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)?.GetParameters() ?? [];
        var properties = new List<Property>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
            {
                continue;
            }

            properties.Add(new(property, parameters.FirstOrDefault(
                parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))));
            foreach (var part in Parts(property.PropertyType))
            {
                Add(part, found);
            }
        }

        found[type] = new Record(type, properties);
    }

    private static Type[] Parts(Type type) =>
        type.IsArray ? [type.GetElementType()!] : type.IsGenericType ? type.GetGenericArguments() : [type];

    private sealed class Record(Type type, IReadOnlyList<Property> members) : ValidatableTypeInfo(type, members)
    {
        private readonly ValidationAttribute[] attributes = [.. type.GetCustomAttributes<ValidationAttribute>()];

        protected override ValidationAttribute[] GetValidationAttributes() => attributes;
    }

    private sealed class Property(PropertyInfo property, ParameterInfo? parameter)
        : ValidatablePropertyInfo(property.DeclaringType!, property.PropertyType, property.Name, property.Name)
    {
        private readonly ValidationAttribute[] attributes =
            [.. property.GetCustomAttributes<ValidationAttribute>(), .. parameter?.GetCustomAttributes<ValidationAttribute>() ?? []];

        protected override ValidationAttribute[] GetValidationAttributes() => attributes;
    }
}
