using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Linked;

/// <summary>Dossiers that go together with this one (thủ tục hành chính liên thông).</summary>
/// <param name="DossierIds">Those that follow; of the same person and centre.</param>
internal sealed record LinkedDossiers(IReadOnlyList<Guid> DossierIds);

internal sealed record LinkDossiers(Guid Id, uint Seen, LinkedDossiers Linked) : ICommand<Versioned<DossierView>>;

internal sealed class LinkDossiersValidator : AbstractValidator<LinkDossiers>
{
    public LinkDossiersValidator() => RuleFor(c => c.Linked).SetValidator(new LinkedDossiersValidator()).OverridePropertyName("");
}

internal sealed class LinkedDossiersValidator : AbstractValidator<LinkedDossiers>
{
    public LinkedDossiersValidator()
    {
        RuleFor(l => l.DossierIds).NotEmpty().MostItems(20);
    }
}

internal sealed class LinkDossiersHandler(
    IRepository<Dossier> dossiers,
    ILinkedDossiers linked,
    IDossierHold hold,
    ILaw laws,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<LinkDossiers, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(LinkDossiers request, CancellationToken ct)
    {
        var ids = request.Linked.DossierIds.Distinct().Select(i => new DossierId(i)).ToList();
        // Of two who link one into the other at once, one is refused.
        await hold.Hold([new(request.Id), .. ids], ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var by = user.Caller.Subject;
        if (ids.Contains(dossier.Id))
            throw new BusinessRuleException(LifeCycleErrors.LinkToItself.At("/dossierIds"));
        var followers = await dossiers.List(new DossierAmong(ids), ct);
        if (followers.Count < ids.Count)
            throw new NotFoundException("dossier");
        // Those who follow already count as well, and whoever leads follows nobody.
        var led = await linked.LedBy([dossier.Id, .. ids], ct);
        var before = led.Where(d => d.ParentId == dossier.Id).Except(followers).ToList();
        if (followers.FirstOrDefault(f => led.Any(d => d.ParentId == f.Id)) is { } leads)
            throw new BusinessRuleException(LifeCycleErrors.LinkedLeads.With(leads.Code));
        var centre = await centres.Get(dossier, followers.Max(f => f.Clock?.CalendarVersion ?? 0), ct);
        var law = await laws.On(now.LocalDay(), ct);
        Dossier[] all = [dossier, .. followers];
        foreach (var one in all)
            one.CountAsLinked(centre.Calendar, law);
        // Where something was promised together before, moving it is told.
        var appointment = all.Concat(before).Max(d => d.DueAt) ?? dossier.PromisedAt;
        if (before.Count > 0 && appointment is { } moved)
            dossier.MoveAppointment(moved, false, by, now);
        dossier.Lead(appointment, followers.Count, by, now);
        foreach (var one in before)
            one.KeepAppointment(appointment);
        foreach (var follower in followers)
            follower.Follow(dossier, appointment, by, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class LinkDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/link", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Link dossiers</summary>
    /// <remarks>Makes this dossier lead others of the same person, beside those that follow it already: they have one appointment, which follows when one of them is due later, and its result goes back when all are settled. What leads others follows nobody.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        LinkedDossiers linked,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new LinkDossiers(id, ifMatch.Version, linked), ct));
}
