using System.Linq.Expressions;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

/// <summary>Not settled yet.</summary>
internal sealed class OpenDossier : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.SettledAt == null;
}

/// <summary>Its result waits to be given back.</summary>
internal sealed class ResultWaits : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.Delivery == DeliveryStatus.Ready;
}

/// <summary>Its result is given back at the centre of the caller; for others at any that they see.</summary>
internal sealed class ReturnedAtCentreOf(DataScope scope) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind == DataScopeKind.Centre
            ? d => d.ReturnCentreCode == code || d.ReturnCentreCode == null && d.CentreCode == code
            : d => true;
    }
}

/// <summary>An officer is in charge of it.</summary>
internal sealed class InChargeOf(string officer) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.AssignedTo == officer;
}

/// <summary>Nobody is in charge of it.</summary>
internal sealed class NobodyInCharge : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.AssignedTo == null;
}

/// <summary>The unit of the caller has to act: a centre until it has transferred, an agency as long as it has it in hand.</summary>
internal sealed class InHandOf(DataScope scope) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Centre => d =>
                (d.ServedByReturnCentre ? d.ReturnCentreCode == code : d.CentreCode == code)
                && (d.Status == DossierStatus.Submitted || d.Status == DossierStatus.Received || d.AwaitsTelling),
            DataScopeKind.Agency => d =>
                (d.Status == DossierStatus.InProcess || d.Status == DossierStatus.WithdrawalRequested)
                && (d.HandlingAgencyCode == code || d.HandlingAgencyCode == null && d.AgencyCode == code),
            _ => d =>
                d.Status == DossierStatus.Submitted
                || d.Status == DossierStatus.Received
                || d.Status == DossierStatus.InProcess
                || d.Status == DossierStatus.WithdrawalRequested,
        };
    }
}

/// <summary>Another agency has it in hand than the unit of the caller; for the province, than the competent one.</summary>
internal sealed class WithOtherAgency(DataScope scope) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Centre => d => d.Status == DossierStatus.InProcess,
            DataScopeKind.Agency => d =>
                d.Status == DossierStatus.InProcess && d.HandlingAgencyCode != null && d.HandlingAgencyCode != code,
            _ => d => d.Status == DossierStatus.InProcess && d.HandlingAgencyCode != null,
        };
    }
}

/// <summary>Where it stands.</summary>
internal sealed class StandsAt(DossierStatus status) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.Status == status;
}

/// <summary>A payment is awaited before it can be accepted: the time of intake does not run meanwhile. What is to be paid at the return is not waited for.</summary>
internal sealed class PaymentAwaited : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.Payment == PaymentStatus.Waiting && d.WorkDueAt == null;
}

/// <summary>Something has to be done between now and a horizon, at one of these centres.</summary>
internal sealed class DueUntil(IReadOnlyList<string> centres, DateTimeOffset now, DateTimeOffset horizon) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() =>
        d =>
            centres.Contains(d.CentreCode)
            && (d.WorkDueAt >= now && d.WorkDueAt <= horizon || d.CheckDueAt >= now && d.CheckDueAt <= horizon)
            && (d.Status == DossierStatus.Submitted || d.Status == DossierStatus.Received || d.Status == DossierStatus.InProcess);
}

/// <summary>The person should have been told by now what the agency found missing.</summary>
internal sealed class TellingOverdueAt(DateTimeOffset now) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.AwaitsTelling && d.WorkDueAt < now;
}

/// <summary>The answer to an online submission is late.</summary>
internal sealed class IntakeOverdueAt(DateTimeOffset now) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.Status == DossierStatus.Submitted && d.WorkDueAt < now;
}
