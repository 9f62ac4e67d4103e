using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>A text that takes the place of the one in force from a day on.</summary>
/// <param name="Kind" example="received">What it tells.</param>
/// <param name="Channel" example="sms">On which channel.</param>
/// <param name="Language" example="vi">In which language.</param>
/// <param name="EffectiveFrom" example="2030-01-01">First day it is in force; after today and after the last one.</param>
/// <param name="Body" example="Ho so {code} da duoc tiep nhan. Hen tra: {dueAt}. {link}">The text; gaps are written like <c>{code}</c>.</param>
/// <param name="Subject" example="Hồ sơ {code}">Subject; needed for a letter.</param>
/// <param name="ProviderTemplate" example="375847">Number under which Zalo approved the text.</param>
internal sealed record AddNotificationTemplate(
    NotificationKind Kind,
    NotificationChannel Channel,
    TextLanguage Language,
    DateOnly EffectiveFrom,
    string Body,
    string? Subject = null,
    string? ProviderTemplate = null
) : ICommand<Versioned<NotificationTemplateView>>;

internal sealed class AddNotificationTemplateValidator : AbstractValidator<AddNotificationTemplate>
{
    public AddNotificationTemplateValidator()
    {
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.Channel).IsInEnum();
        RuleFor(c => c.Language).IsInEnum();
        RuleFor(c => c.Body).NotEmpty().MaximumLength(4000);
        RuleFor(c => c.Subject).MaximumLength(200);
        RuleFor(c => c.ProviderTemplate).MaximumLength(60);
    }
}

internal sealed class AddNotificationTemplateHandler(
    IRepository<NotificationTemplate> templates,
    INotificationTexts texts,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<AddNotificationTemplate, Versioned<NotificationTemplateView>>
{
    public async Task<Versioned<NotificationTemplateView>> Handle(AddNotificationTemplate request, CancellationToken ct)
    {
        if (user.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(NotificationErrors.ProvinceOnly);
        var now = clock.GetUtcNow();
        var use = new TemplateUse(request.Kind, request.Channel, request.Language);
        var last = await texts.LastOf(use, ct) ?? DateOnly.MinValue;
        // What was told yesterday was told in yesterday's words.
        if (request.EffectiveFrom <= now.LocalDay() || request.EffectiveFrom <= last)
            throw new BusinessRuleException(
                NotificationErrors.NotLater.With(last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).At("/effectiveFrom")
            );
        var template = NotificationTemplate.Write(use, request.EffectiveFrom, request.Subject, request.Body, request.ProviderTemplate, now);
        templates.Add(template);
        await templates.Save(ct);
        return new(NotificationTemplateView.Of(template), template.Version);
    }
}

internal sealed class AddNotificationTemplateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/notification-templates", Handle).Requires(DossiersPermissions.ManageTemplates);

    /// <summary>Add a template of notifications</summary>
    /// <remarks>Adds a text from a day on. It is refused with a gap that nothing fills, without the code, or when it holds what looks like an identity number.</remarks>
    private static async Task<CreatedAnswer<NotificationTemplateView>> Handle(
        AddNotificationTemplate command,
        ISender sender,
        CancellationToken ct
    )
    {
        var template = await sender.Send(command, ct);
        return new($"/api/v1/notification-templates/{template.Item.Id}", template);
    }
}
