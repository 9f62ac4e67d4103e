using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal readonly record struct DossierId(Guid Value) : IStrongId<DossierId>
{
    public static DossierId From(Guid value) => new(value);

    public static bool operator <(DossierId left, DossierId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(DossierId left, DossierId right) => left.Value.CompareTo(right.Value) > 0;
}

internal readonly record struct AgencyConsultationId(Guid Value) : IStrongId<AgencyConsultationId>
{
    public static AgencyConsultationId From(Guid value) => new(value);

    public static bool operator <(AgencyConsultationId left, AgencyConsultationId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(AgencyConsultationId left, AgencyConsultationId right) => left.Value.CompareTo(right.Value) > 0;
}

internal readonly record struct ProcedureId(Guid Value) : IStrongId<ProcedureId>
{
    public static ProcedureId From(Guid value) => new(value);
}

internal readonly record struct ProcedureDraftId(Guid Value) : IStrongId<ProcedureDraftId>
{
    public static ProcedureDraftId From(Guid value) => new(value);
}
