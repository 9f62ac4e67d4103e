using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Pac.ArchitectureTests.Rules;

/// <summary>What the database looks like, read from the models of the contexts.</summary>
internal static class DataRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            27,
            "Every table lies in the schema of its module",
            "leaky.strays",
            s => Tables(s),
            (_, e) => e.Entity.GetSchema() == e.Schema ? [] : [$"{e.Entity.GetSchema()}.{e.Entity.GetTableName()} is not in {e.Schema}"]
        ),
        Rule.Each(
            27,
            "The history of migrations lies in the schema of its module",
            "LeakyContext",
            s => s.DbContexts,
            (_, c) =>
                RelationalOptionsExtension.Extract(c.GetService<IDbContextOptions>()).MigrationsHistoryTableSchema == SchemaOf(c)
                    ? []
                    : [$"{c.GetType().Name} keeps its history elsewhere"]
        ),
        Rule.Each(
            27,
            "No foreign key leaves the schema",
            "leaky.strays",
            s => Tables(s).SelectMany(e => e.Entity.GetForeignKeys()),
            (_, k) =>
                k.PrincipalEntityType.GetSchema() == k.DeclaringEntityType.GetSchema()
                    ? []
                    :
                    [
                        $"{k.DeclaringEntityType.GetTableName()} refers to {k.PrincipalEntityType.GetSchema()}.{k.PrincipalEntityType.GetTableName()}",
                    ]
        ),
        Rule.Each(
            28,
            "No SQL names the schema of another module",
            "PeepingSql.cs",
            s =>
                s.Files.In("src/Modules")
                    .Where(f => f.Key.EndsWith(".cs", StringComparison.Ordinal))
                    .Select(f => new Source(f.Key, f.Value)),
            (s, f) =>
                s
                    .Files.Modules()
                    .Where(m => m != f.Module && Names(f.Text, m.ToLowerInvariant()))
                    .Select(m => $"{f.Path} names the schema of {m}")
        ),
        Rule.Each(
            29,
            "The last migration says what the model says",
            "LeakyContext",
            s => s.DbContexts,
            (_, c) => c.Database.HasPendingModelChanges() ? [$"{c.GetType().Name} has changes without a migration"] : []
        ),
        Rule.Each(
            30,
            "Every aggregate has a token that refuses lost writes",
            "Loose",
            s => Tables(s).Select(t => t.Entity).Where(e => e.ClrType.IsAggregate()),
            (_, e) =>
                e.GetProperties().Any(p => p.IsConcurrencyToken && p.GetColumnName() == "xmin")
                    ? []
                    : [$"{e.ClrType.FullName} has no token on xmin"]
        ),
        Rule.Each(
            30,
            "Every string has a length or says that it has none",
            "Unbounded",
            s => Columns(s).Where(p => StoredAs(p) == typeof(string)),
            (_, p) =>
                p.GetMaxLength() is not null || p.FindAnnotation(RelationalAnnotationNames.ColumnType) is not null
                    ? []
                    : [$"{Name(p)} has no length"]
        ),
        Rule.Each(
            30,
            "No number lacks a precision, and none is a float",
            "Imprecise",
            s => Columns(s).Where(p => p.ClrType.IsValueType),
            (_, p) =>
                StoredAs(p) == typeof(decimal) && p.GetPrecision() is null && p.FindAnnotation(RelationalAnnotationNames.ColumnType) is null
                || StoredAs(p) == typeof(double)
                || StoredAs(p) == typeof(float)
                    ? [$"{Name(p)} has no precision"]
                    : []
        ),
        Rule.Each(
            30,
            "Every enumeration is kept as text",
            "NumberedEnum",
            s => Columns(s).Where(p => Bare(p.ClrType).IsEnum),
            (_, p) => StoredAs(p) == typeof(string) ? [] : [$"{Name(p)} is kept as a number"]
        ),
    ];

    private static IEnumerable<(IEntityType Entity, string Schema)> Tables(Subject s) =>
        from context in s.DbContexts
        from entity in context.GetService<IDesignTimeModel>().Model.GetEntityTypes()
        where entity.GetTableName() is not null
        select (entity, SchemaOf(context));

    // Columns whose shape this repository decides: members that were declared here, not by a framework's base class.
    private static IEnumerable<IProperty> Columns(Subject s) =>
        from table in Tables(s)
        where !table.Entity.IsMappedToJson()
        from property in table.Entity.GetProperties()
        where property.PropertyInfo?.DeclaringType?.Namespace?.StartsWith("Pac.", StringComparison.Ordinal) == true
        select property;

    private static string SchemaOf(DbContext context) => context.GetType().Module().ToLowerInvariant();

    private static Type StoredAs(IProperty property) => Bare(property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType);

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static string Name(IProperty property) => $"{property.DeclaringType.ClrType.FullName}.{property.Name}";

    private static bool Names(string code, string schema) =>
        Regex.IsMatch(
            code,
            $"""\b(from|join|into|update|table|references|truncate|view)\s+\\?"?{schema}\\?"?\s*\.\s*\\?"?\w""",
            RegexOptions.IgnoreCase
        ) || Regex.IsMatch(code, $"""[sS]chema:\s*"{schema}"|ToTable\([^)]*"{schema}"\)""");
}
