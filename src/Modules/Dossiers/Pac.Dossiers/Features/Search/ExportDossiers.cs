using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>Which dossiers are to be written into a file, and in which form.</summary>
/// <param name="Format" example="xlsx">The form of the file.</param>
/// <param name="Filter">Which dossiers; all that the caller may see when left out.</param>
internal sealed record ExportDossiers(TableFormat Format, ExportFilter? Filter = null) : ICommand<JobView>;

internal sealed class ExportDossiersValidator : AbstractValidator<ExportDossiers>
{
    public ExportDossiersValidator()
    {
        RuleFor(c => c.Format).IsInEnum();
        RuleFor(c => c.Filter).SetValidator(new ExportFilterValidator()!);
    }
}

internal sealed class ExportFilterValidator : AbstractValidator<ExportFilter>
{
    public ExportFilterValidator()
    {
        RuleFor(f => f.Code).MaximumLength(60);
        RuleFor(f => f.Status).IsInEnum();
        RuleFor(f => f.ProcedureCode).MaximumLength(40);
        RuleFor(f => f.FieldCode).MaximumLength(40);
        RuleFor(f => f.CentreCode).MaximumLength(40);
        RuleFor(f => f.AgencyCode).MaximumLength(40);
        RuleFor(f => f.Channel).IsInEnum();
        RuleFor(f => f.AssignedTo).MaximumLength(100);
    }
}

internal sealed class ExportDossiersHandler(DossiersDbContext db, IAccessLog access, ExportSettings settings, TimeProvider clock)
    : IRequestHandler<ExportDossiers, JobView>
{
    public async Task<JobView> Handle(ExportDossiers request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var filter = request.Filter ?? new();
        var most = settings.MostRows;
        var counted = await FindDossiersHandler.Filtered(db.Visible, DossierExports.Asked(filter), byDue: false, now).LongCountAsync(ct);
        if (counted > most)
            throw new BusinessRuleException(ExportErrors.TooLarge.With(most));
        var id = Guid.CreateVersion7(now);
        var (subject, scope) = (db.User.Caller.Subject, db.User.Scope.ToString());
        db.Exports.Add(DossierExport.Ask(id, subject, scope, request.Format, filter, counted, now));
        var job = Job.Queue(id, DossierExportWork.JobKind, "{}", counted, subject, scope, now);
        db.Jobs.Add(job);
        access.RecordExport(new(id), "dossier-export");
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

internal sealed class ExportDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossier-exports", Handle).Requires(DossiersPermissions.Export);

    /// <summary>Export dossiers</summary>
    /// <remarks>Writes every dossier that the caller may see now and that satisfies the filter into a file, in a job: one line each, newest first, identity numbers with their middle hidden. The job has the identifier of the export. The file belongs to the caller alone and is removed after a term.</remarks>
    private static async Task<AcceptedAnswer> Handle(ExportDossiers command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
