using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.WorkQueues;

internal sealed record FindQueuedDossiers(string Key, PageRequest Page) : IQuery<Page<QueuedDossier>>;

/// <summary>A dossier in a work queue.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="CentreCode">Centre that received it.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="HandlingAgencyCode">Agency that has it in hand, when it is not the competent one.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ApplicantName">Name of the applicant.</param>
/// <param name="ApplicantIdentityNumber">Identity number with its middle hidden.</param>
/// <param name="AssignedTo">Subject of the officer in charge.</param>
/// <param name="ReceivedAt">When it was received; of what was only submitted, when it was submitted.</param>
/// <param name="WorkDueAt">Until when something has to be done: the answer to a submission, to a supplement request, what the person has to be told, or the result. Left out while nothing is due.</param>
/// <param name="CheckDueAt">Until when the agency may return it as not eligible.</param>
/// <param name="DueAt">When the result is due; left out while the clock stands still.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="ReturnedAt">When the result was given back.</param>
internal sealed record QueuedDossier(
    Guid Id,
    string Code,
    string ProcedureCode,
    string CentreCode,
    string AgencyCode,
    string? HandlingAgencyCode,
    Channel Channel,
    DossierStatus Status,
    string ApplicantName,
    string? ApplicantIdentityNumber,
    string? AssignedTo,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? WorkDueAt,
    DateTimeOffset? CheckDueAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt
);

internal sealed class FindQueuedDossiersHandler(DossiersDbContext db, QueueLooks looks)
    : IRequestHandler<FindQueuedDossiers, Page<QueuedDossier>>
{
    // What is not due stands at the end; as a cursor it is written like this.
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<Page<QueuedDossier>> Handle(FindQueuedDossiers request, CancellationToken ct)
    {
        var queue = WorkQueue.Find(request.Key) ?? throw new NotFoundException("work-queue");
        var size = request.Page.Size();
        var cursor = Cursors.ReadInstantAndId(request.Page.Cursor);
        var all = db.Queued(queue, await looks.Now(ct));
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var rows = all;
        if (cursor is var (at, id))
        {
            var after = new DossierId(id);
            rows =
                at == Never
                    ? rows.Where(d => d.WorkDueAt == null && d.Id > after)
                    : rows.Where(d => d.WorkDueAt > at || d.WorkDueAt == at && d.Id > after || d.WorkDueAt == null);
        }
        var found = await rows.OrderBy(d => d.WorkDueAt)
            .ThenBy(d => d.Id)
            .Take(size + 1)
            .Select(d => new QueuedDossier(
                d.Id.Value,
                d.Code,
                d.ProcedureCode,
                d.CentreCode,
                d.AgencyCode,
                d.HandlingAgencyCode,
                d.Channel,
                d.Status,
                d.Applicant.Name,
                d.Applicant.IdentityNumber,
                d.AssignedTo,
                d.ReceivedAt,
                d.WorkDueAt,
                d.CheckDueAt,
                d.DueAt,
                d.SettledAt,
                d.ReturnedAt
            ))
            .ToListAsync(ct);
        var page = Page<QueuedDossier>.Of(found, size, d => [d.WorkDueAt ?? Never, d.Id], total);
        return page with
        {
            Items = [.. page.Items.Select(d => d with { ApplicantIdentityNumber = Mask.Number(d.ApplicantIdentityNumber) })],
        };
    }
}

internal sealed class FindQueuedDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/work-queues/{key}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List a work queue</summary>
    /// <remarks>Gives the dossiers of one queue of the caller, the most urgent first; what is not due stands at the end.</remarks>
    /// <param name="key" example="intake">The queue: <c>mine</c>, <c>unit</c>, <c>unassigned</c>, <c>due-soon</c>, <c>overdue</c>, <c>intake</c>, <c>waiting-citizen</c>, <c>waiting-payment</c>, <c>waiting-agency</c> or <c>to-return</c>.</param>
    private static async Task<PageAnswer<QueuedDossier>> Handle(
        string key,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindQueuedDossiers(key, page), ct));
}
