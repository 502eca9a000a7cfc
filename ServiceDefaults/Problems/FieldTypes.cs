using System.Collections;

namespace ServiceDefaults;

internal static class FieldTypes
{
    /// <summary>What a client is told that a field must be, in the words of JSON.</summary>
    public static string NameOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => "a string",
            TypeCode.Boolean => "true or false",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            >= TypeCode.SByte and <= TypeCode.UInt64 => "a whole number",
            _ when type == typeof(Guid) => "an id (UUID)",
            _ when type == typeof(DateTimeOffset) || type == typeof(DateTime) => "a time (ISO 8601)",
            _ when type.IsAssignableTo(typeof(IEnumerable)) => "an array",
            _ => "an object",
        };
    }
}
