using System.Globalization;
using System.Reflection;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pac.Host.OpenApi;

/// <summary>Bounds every value: by the validators first, then by the habits of the API, then by the type.</summary>
/// <param name="bounds">What the validators say.</param>
internal sealed class SchemaRules(ValidatorBounds bounds) : ISchemaFilter
{
    /// <summary>Under which a schema remembers the type it was made from.</summary>
    public const string TypeMark = "clr-type";

    // Json refuses control characters in every text, but tabs and line breaks.
    private const string Control = @"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f";
    private const string Text = $"^[^{Control}]*$";
    private const string FilledText = $@"^[^{Control}]*[^\s{Control}][^{Control}]*$";
    private const int LongestText = 4000;
    private const string LargestNumber = "1000000000000000";

    private static readonly (string Ending, int Length)[] Lengths =
    [
        ("Code", 100),
        ("Id", 100),
        ("Kind", 100),
        ("Module", 100),
        ("Cursor", 400),
        ("Name", 500),
        ("Title", 500),
    ];

    private static readonly string[] Counts = ["version", "number", "count", "total", "done", "events"];

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema s)
            return;
#pragma warning disable CS0618 // The comments' example is still written to the member of OpenAPI 3.0.
        if (s.Example is { } example)
            (s.Examples, s.Example) = ([example], null);
#pragma warning restore CS0618
        var type = Nullable.GetUnderlyingType(context.Type) ?? context.Type;
        var name = context.MemberInfo?.Name ?? context.ParameterInfo?.Name ?? "";
        var rules = bounds.Of(context.MemberInfo);
        if (type == typeof(TimeOnly))
            (s.Format, s.Pattern, s.MaxLength) = (null, @"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$", 8);
        switch (s.Type & ~JsonSchemaType.Null)
        {
            case JsonSchemaType.String when s.Enum is not { Count: > 0 }:
                BoundText(s, name, rules);
                break;
            case JsonSchemaType.Integer when name == nameof(Problem.Status):
                (s.Minimum, s.Maximum) = ("400", "599");
                break;
            case JsonSchemaType.Integer when name == nameof(JobView.Percent):
                (s.Minimum, s.Maximum) = ("0", "100");
                break;
            case JsonSchemaType.Integer:
                BoundNumber(
                    s,
                    rules,
                    Lowest(s, name),
                    s.Format == "int32" ? int.MaxValue.ToString(CultureInfo.InvariantCulture) : LargestNumber
                );
                break;
            case JsonSchemaType.Number:
                BoundNumber(s, rules, '-' + LargestNumber, LargestNumber);
                break;
            case JsonSchemaType.Array:
                BoundList(s, context.MemberInfo, rules);
                break;
            case JsonSchemaType.Object:
                (s.Metadata ??= new Dictionary<string, object>())[TypeMark] = type;
                if (s.AdditionalProperties is not null)
                    s.MaxProperties ??= 100;
                break;
        }
    }

    private static void BoundText(OpenApiSchema s, string name, IReadOnlyList<IPropertyValidator> rules)
    {
        s.MaxLength ??= s.Format switch
        {
            "uuid" => 36,
            "date" => 10,
            "date-time" => 40,
            "binary" or "byte" => SharedParts.LargestFile,
            _ => rules.OfType<ILengthValidator>().Select(r => r.Max).Where(m => m > 0).Cast<int?>().Min()
                ?? Lengths
                    .Where(l => name.EndsWith(l.Ending, StringComparison.OrdinalIgnoreCase))
                    .Select(l => l.Length)
                    .FirstOrDefault(LongestText),
        };
        if (s.Format is not null)
            return;
        var filled = rules.Any(r => r is INotEmptyValidator);
        var shortest = rules.OfType<ILengthValidator>().Select(r => r.Min).DefaultIfEmpty().Max();
        if (filled || shortest > 0)
            s.MinLength = Math.Max(1, shortest);
        s.Pattern ??= rules.OfType<IRegularExpressionValidator>().FirstOrDefault()?.Expression ?? (filled ? FilledText : Text);
    }

    private static string Lowest(OpenApiSchema s, string name) =>
        Counts.Any(c => name.EndsWith(c, StringComparison.OrdinalIgnoreCase)) ? "0"
        : s.Format == "int32" ? int.MinValue.ToString(CultureInfo.InvariantCulture)
        : '-' + LargestNumber;

    private static void BoundNumber(OpenApiSchema s, IReadOnlyList<IPropertyValidator> rules, string lowest, string highest)
    {
        foreach (var rule in rules)
        {
            switch (rule)
            {
                case IBetweenValidator between when rule.Name.StartsWith("Inclusive", StringComparison.Ordinal):
                    (s.Minimum, s.Maximum) = (Number(between.From), Number(between.To));
                    break;
                case IComparisonValidator { ValueToCompare: { } value, Comparison: Comparison.GreaterThanOrEqual }:
                    s.Minimum = Number(value);
                    break;
                case IComparisonValidator { ValueToCompare: { } value, Comparison: Comparison.GreaterThan }:
                    s.ExclusiveMinimum = Number(value);
                    break;
                case IComparisonValidator { ValueToCompare: { } value, Comparison: Comparison.LessThanOrEqual }:
                    s.Maximum = Number(value);
                    break;
                case IComparisonValidator { ValueToCompare: { } value, Comparison: Comparison.LessThan }:
                    s.ExclusiveMaximum = Number(value);
                    break;
            }
        }
        if (s.ExclusiveMinimum is null)
            s.Minimum ??= lowest;
        if (s.ExclusiveMaximum is null)
            s.Maximum ??= highest;
    }

    private void BoundList(OpenApiSchema s, MemberInfo? member, IReadOnlyList<IPropertyValidator> rules)
    {
        s.MinItems = rules.Any(r => r is INotEmptyValidator) ? 1 : 0;
        if (
            member is { Name: nameof(Page<object>.Items), DeclaringType.IsGenericType: true }
            && member.DeclaringType.GetGenericTypeDefinition() == typeof(Page<>)
        )
            s.MaxItems = PageRequest.MaximumLimit;
        if (rules.OfType<IMostItems>().FirstOrDefault() is { } most)
            s.MaxItems = most.Most;
        if (s.Items is not OpenApiSchema items || bounds.OfItems(member) is not { Count: > 0 } ofItems)
            return;
        if (items.Type == JsonSchemaType.String && items.Enum is not { Count: > 0 })
        {
            (items.MaxLength, items.Pattern) = (null, null);
            BoundText(items, "", ofItems);
        }
    }

    private static string Number(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
