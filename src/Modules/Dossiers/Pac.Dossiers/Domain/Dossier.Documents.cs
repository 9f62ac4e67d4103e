using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <content>What is known of its papers.</content>
internal sealed partial class Dossier
{
    /// <summary>
    /// Notes why no scan is needed of a paper that was handed in (Circular 03/2025/TT-VPCP, art. 5(2)), or takes the note back.
    /// </summary>
    /// <param name="componentCode">The component.</param>
    /// <param name="reason">Why; null takes the note back.</param>
    /// <exception cref="BusinessRuleException">No such paper was handed in, or nothing more is changed on the documents.</exception>
    public void SpareScan(string componentCode, NoScanReason? reason)
    {
        if (!FileFacts.AreOpen(Status))
            throw new BusinessRuleException(FileErrors.DocumentsClosed);
        if (Components.All(c => c.Code != componentCode) || FileFacts.IsElectronic(this, componentCode))
            throw new BusinessRuleException(FileErrors.NotHandedIn.With(componentCode).At("/component"));
        Components = [.. Components.Select(c => c.Code == componentCode ? c with { NoScan = reason } : c)];
        Touch();
    }
}
