using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>A text that is to be looked at before it is saved.</summary>
/// <param name="Kind" example="received">What it tells.</param>
/// <param name="Channel" example="sms">On which channel.</param>
/// <param name="Language" example="vi">In which language.</param>
/// <param name="Body" example="Ho so {code} da duoc tiep nhan. Hen tra: {dueAt}. {link}">The text; gaps are written like <c>{code}</c>.</param>
/// <param name="Subject" example="Hồ sơ {code}">Subject of a letter.</param>
internal sealed record PreviewNotificationTemplate(
    NotificationKind Kind,
    NotificationChannel Channel,
    TextLanguage Language,
    string Body,
    string? Subject = null
) : IQuery<NotificationPreview>;

/// <summary>How a text would read.</summary>
/// <param name="Subject">Subject of a letter.</param>
/// <param name="Text">The text with examples in its gaps; a short message without diacritics.</param>
/// <param name="Length">How many letters it has.</param>
/// <param name="Segments">In how many parts a short message is sent; each one is paid for.</param>
internal sealed record NotificationPreview(string? Subject, string Text, int Length, int? Segments);

internal sealed class PreviewNotificationTemplateValidator : AbstractValidator<PreviewNotificationTemplate>
{
    public PreviewNotificationTemplateValidator()
    {
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.Channel).IsInEnum();
        RuleFor(c => c.Language).IsInEnum();
        RuleFor(c => c.Body).NotEmpty().MaximumLength(4000);
        RuleFor(c => c.Subject).MaximumLength(200);
    }
}

internal sealed class PreviewNotificationTemplateHandler(CurrentUser user)
    : IRequestHandler<PreviewNotificationTemplate, NotificationPreview>
{
    public Task<NotificationPreview> Handle(PreviewNotificationTemplate request, CancellationToken ct)
    {
        if (user.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(NotificationErrors.ProvinceOnly);
        var use = new TemplateUse(request.Kind, request.Channel, request.Language);
        Gaps.Check(request.Subject ?? "", use, "/subject", isSubject: true);
        Gaps.Check(request.Body, use, "/body", isSubject: false);
        var values = Gaps.Samples(request.Language);
        var text = Gaps.Named(Gaps.Fill(request.Body, values), values[Gaps.Name]);
        var isShort = request.Channel == NotificationChannel.Sms;
        if (isShort)
            text = Gaps.Plain(text);
        var subject = request.Channel == NotificationChannel.Email ? Gaps.Fill(request.Subject ?? "", values) : null;
        return Task.FromResult(new NotificationPreview(subject, text, text.Length, isShort ? Gaps.Segments(text) : null));
    }
}

internal sealed class PreviewNotificationTemplateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/notification-template-previews", Handle).Requires(DossiersPermissions.ManageTemplates);

    /// <summary>Preview a template of notifications</summary>
    /// <remarks>Checks a text as if it were saved and shows how it would read, with its length; nothing is saved.</remarks>
    private static async Task<ValueAnswer<NotificationPreview>> Handle(
        PreviewNotificationTemplate query,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(query, ct));
}
