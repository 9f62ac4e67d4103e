using FluentValidation;
using FluentValidation.Validators;
using Pac.BuildingBlocks.Web;

namespace Pac.BuildingBlocks.Mediation;

/// <summary>A limit on the length of a list that the document can read, unlike a <c>Must</c>.</summary>
public interface IMostItems
{
    /// <summary>How many items the list may have.</summary>
    int Most { get; }
}

/// <summary>Rules on lists.</summary>
public static class ListRules
{
    /// <summary>The list, when given, has at most so many items.</summary>
    /// <param name="rule">The rule on the list.</param>
    /// <param name="most">How many.</param>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> MostItems<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>?> rule,
        int most
    ) => rule.SetValidator(new MostItemsValidator<T, TItem>(most));

    private sealed class MostItemsValidator<T, TItem>(int most) : PropertyValidator<T, IReadOnlyList<TItem>?>, IMostItems
    {
        public int Most => most;

        public override string Name => "MostItemsValidator";

        public override bool IsValid(ValidationContext<T> context, IReadOnlyList<TItem>? value)
        {
            if (value is null || value.Count <= most)
                return true;
            context.MessageFormatter.AppendArgument("Most", most);
            return false;
        }

        protected override string GetDefaultMessageTemplate(string errorCode) =>
            Language.Pick("Tối đa {Most} mục.", "At most {Most} items.");
    }
}
