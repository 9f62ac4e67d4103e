using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>The words of a template.</summary>
/// <param name="Body" example="Ho so {code} da duoc tiep nhan. {link}">The text; gaps are written like <c>{code}</c>.</param>
/// <param name="Subject" example="Hồ sơ {code}">Subject; needed for a letter.</param>
/// <param name="ProviderTemplate" example="375847">Number under which Zalo approved the text.</param>
internal sealed record TemplateWords(string Body, string? Subject = null, string? ProviderTemplate = null);

internal sealed record ChangeNotificationTemplate(Guid Id, uint Seen, TemplateWords Words) : ICommand<Versioned<NotificationTemplateView>>;

internal sealed class ChangeNotificationTemplateValidator : AbstractValidator<ChangeNotificationTemplate>
{
    public ChangeNotificationTemplateValidator()
    {
        RuleFor(c => c.Words.Body).NotEmpty().MaximumLength(4000).OverridePropertyName("body");
        RuleFor(c => c.Words.Subject).MaximumLength(200).OverridePropertyName("subject");
        RuleFor(c => c.Words.ProviderTemplate).MaximumLength(60).OverridePropertyName("providerTemplate");
    }
}

internal sealed class ChangeNotificationTemplateHandler(IRepository<NotificationTemplate> templates, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ChangeNotificationTemplate, Versioned<NotificationTemplateView>>
{
    public async Task<Versioned<NotificationTemplateView>> Handle(ChangeNotificationTemplate request, CancellationToken ct)
    {
        if (user.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(NotificationErrors.ProvinceOnly);
        var template = await templates.Get(new TemplateWithId(new(request.Id)), request.Seen, ct);
        var words = request.Words;
        template.Change(words.Subject, words.Body, words.ProviderTemplate, clock.GetUtcNow().LocalDay());
        await templates.Save(ct);
        return new(NotificationTemplateView.Of(template), template.Version);
    }
}

internal sealed class ChangeNotificationTemplateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/notification-templates/{id}", Handle).Requires(DossiersPermissions.ManageTemplates);

    /// <summary>Change a template of notifications</summary>
    /// <remarks>Changes the words of a template before it is in force; what is or was in force stays as it was told.</remarks>
    /// <param name="id">Identifier of the template.</param>
    private static async Task<ItemAnswer<NotificationTemplateView>> Handle(
        Guid id,
        TemplateWords words,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ChangeNotificationTemplate(id, ifMatch.Version, words), ct));
}
