using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class LegalTermStore(DossiersDbContext db) : ILegalTerms
{
    public Task<LegalTerm?> Last(string code, string fieldCode, CancellationToken ct) =>
        db
            .LegalTerms.Where(t => t.Code == code && t.FieldCode == fieldCode)
            .OrderByDescending(t => t.EffectiveFrom)
            .FirstOrDefaultAsync(ct);

    public Task<LegalTerm?> Find(string code, string fieldCode, DateOnly effectiveFrom, CancellationToken ct) =>
        db.LegalTerms.FirstOrDefaultAsync(t => t.Code == code && t.FieldCode == fieldCode && t.EffectiveFrom == effectiveFrom, ct);

    public Task Save(LegalTerm term, CancellationToken ct)
    {
        if (db.Entry(term).State == EntityState.Detached)
            db.LegalTerms.Add(term);
        db.Note(
            "LegalTerm",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{term.Code}{(term.FieldCode.Length > 0 ? "/" + term.FieldCode : "")} {term.EffectiveFrom:yyyy-MM-dd}"
            )
        );
        return db.SaveChangesAsync(ct);
    }
}

internal sealed class EscalationRuleStore(DossiersDbContext db) : IEscalationRules
{
    public Task<DateOnly?> LastOf(string code, CancellationToken ct) =>
        db.EscalationRules.Where(r => r.Code == code).MaxAsync(r => (DateOnly?)r.EffectiveFrom, ct);

    public Task Save(EscalationRule rule, CancellationToken ct)
    {
        db.EscalationRules.Add(rule);
        db.Note("EscalationRule", rule.Code);
        return db.SaveChangesAsync(ct);
    }
}
