using Queueing.Reuse;

namespace Queueing.Tests;

/// <summary>What makes two jobs the same.</summary>
public sealed class ContentHashTests
{
    private const string Args = """{"text":"a","count":2,"deep":{"x":[1,{"p":1,"q":2}],"y":null}}""";

    [Theory]
    [InlineData("""{"count":2,"text":"a","deep":{"x":[1,{"q":2,"p":1}],"y":null}}""")]
    [InlineData("""{ "text" : "\u0061", "count" : 2, "deep" : { "x" : [ 1, { "p" : 1, "q" : 2 } ], "y" : null } }""")]
    [InlineData("""{"text":"a","count":2,"deep":{"x":[1,{"p":1,"q":2}],"y":null},"userId":"ada"}""")]
    [InlineData("""{"text":"a","count":2,"deep":{"x":[1,{"p":1,"q":2}],"y":null},"userId":null}""")]
    public void The_same_values_are_the_same_content(string args) => Assert.Equal(Of(args: Args), Of(args: args));

    [Theory]
    [InlineData("""{"text":"b","count":2,"deep":{"x":[1,{"p":1,"q":2}],"y":null}}""")]
    [InlineData("""{"text":"a","count":"2","deep":{"x":[1,{"p":1,"q":2}],"y":null}}""")]
    [InlineData("""{"text":"a","count":2,"deep":{"x":[{"p":1,"q":2},1],"y":null}}""")]
    [InlineData("""{"text":"a","count":2,"deep":{"x":[1,{"p":1,"q":2}],"y":false}}""")]
    [InlineData("""{"text":"a","count":2,"deep":{"x":[1,{"p":1,"q":2,"userId":"ada"}]}}""")]
    [InlineData("""{"text":"a","count":2,"deep":{"x":[1,{"p":1,"q":2}]}}""")]
    [InlineData("""["text","a"]""")]
    [InlineData("null")]
    public void Other_values_are_another(string args) => Assert.NotEqual(Of(args: Args), Of(args: args));

    [Fact]
    public void Type_variant_and_owner_are_part_of_it()
    {
        byte[][] hashes = [Of(), Of(type: "other"), Of(variant: "other"), Of(owner: "other"), Of(owner: ""), Of(owner: null), Of(type: "typevariant", variant: "")];

        Assert.Equal(hashes.Length, hashes.Select(Convert.ToHexString).Distinct().Count());
    }

    private static byte[] Of(string type = "type", string args = Args, string variant = "variant", string? owner = "owner") =>
        ContentHash.Of(type, args, ["userId"], variant, owner);
}
