using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>A field (lĩnh vực) of procedures.</summary>
internal sealed class Field : AggregateRoot
{
    private Field() { }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public static Field Add(string code, string name, string nameEn)
    {
        var field = new Field { Code = code };
        field.Rename(name, nameEn);
        return field;
    }

    public void Rename(string name, string nameEn)
    {
        (Name, NameEn) = (name, nameEn);
        Touch();
    }
}

internal sealed class FieldWithCode(string code) : Specification<Field>
{
    protected override Expression<Func<Field, bool>> Build() => f => f.Code == code;
}
