using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>Procedures this host has read. Published versions never change; whether there is a newer one is asked with every reception.</summary>
internal sealed class KnownProcedures
{
    public ConcurrentDictionary<string, Procedure> ByCode { get; } = new();
}

internal sealed class Catalogue(DossiersDbContext db, KnownProcedures known) : ICatalogue
{
    private static readonly Func<DossiersDbContext, string, Task<Procedure?>> ByCode = EF.CompileAsyncQuery(
        (DossiersDbContext c, string code) => c.Procedures.AsNoTracking().FirstOrDefault(p => p.Code == code)
    );

    private static readonly Func<DossiersDbContext, string, Task<AgencyStanding?>> Standing = EF.CompileAsyncQuery(
        (DossiersDbContext c, string code) =>
            c
                .Agencies.Where(a => a.Code == code)
                .Select(a => new AgencyStanding(a.Level, a.EffectiveFrom, a.EffectiveTo, a.SuccessorCode))
                .FirstOrDefault()
    );

    public async Task<Procedure?> Find(string procedureCode, CancellationToken ct) =>
        known.ByCode.TryGetValue(procedureCode, out var kept) ? kept : await Refresh(procedureCode, ct);

    public async Task<Procedure?> Refresh(string procedureCode, CancellationToken ct)
    {
        var procedure = await ByCode(db, procedureCode);
        if (procedure is not null)
            known.ByCode[procedureCode] = procedure;
        return procedure;
    }

    public Task<AgencyStanding?> StandingOf(string agencyCode, CancellationToken ct) => Standing(db, agencyCode);

    public async Task<AgencyOrder> Agencies(CancellationToken ct) =>
        new(await db.Agencies.Select(a => new { a.Code, a.ParentCode }).ToDictionaryAsync(a => a.Code, a => a.ParentCode, ct));

    public async Task<string> NameOf(string agencyCode, CancellationToken ct) =>
        await db.Agencies.Where(a => a.Code == agencyCode).Select(a => a.Name).FirstOrDefaultAsync(ct) ?? agencyCode;

    public Task<bool> HasField(string fieldCode, CancellationToken ct) => db.Fields.AnyAsync(f => f.Code == fieldCode, ct);

    public async Task<CatalogueFacts> Facts(CancellationToken ct) =>
        new(
            await db.Fields.Select(f => f.Code).ToHashSetAsync(ct),
            await db.Agencies.AsNoTracking().ToDictionaryAsync(a => a.Code, a => a.Level, ct),
            await db.LegalBases.AsNoTracking().ToDictionaryAsync(b => b.Id, ct),
            await db.WorkflowTemplates.AsNoTracking().ToDictionaryAsync(t => t.Code, t => t.Steps, ct)
        );
}
