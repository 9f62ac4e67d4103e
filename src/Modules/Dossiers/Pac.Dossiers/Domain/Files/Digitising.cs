namespace Pac.Dossiers.Domain.Files;

/// <summary>How far a component is digitised (số hóa).</summary>
internal enum Digitising
{
    /// <summary>Nothing was handed in on paper, what was handed in is electronic, or the circular spares the scan.</summary>
    NotNeeded,

    /// <summary>Paper was handed in, and there is no file of it.</summary>
    Missing,

    /// <summary>There are fewer images than pages.</summary>
    Partly,

    /// <summary>There is a file of it.</summary>
    Done,
}

/// <summary>Why no scan is needed of a paper (Circular 03/2025/TT-VPCP, art. 5(2)); what came electronically needs no reason.</summary>
internal enum NoScanReason
{
    /// <summary>It is only shown and goes back to the person (giấy tờ chỉ xuất trình).</summary>
    OnlyShown,

    /// <summary>It is the reply of an agency that was consulted (văn bản trả lời lấy ý kiến).</summary>
    ConsultationReply,

    /// <summary>It is a state secret (bí mật nhà nước).</summary>
    Secret,
}

/// <summary>Judges how far components are digitised.</summary>
internal static class Digitisation
{
    /// <summary>Whether nothing that was handed in has to be scanned: all of it came electronically, or is spared by the circular.</summary>
    public static bool IsNothingToScan(Channel channel, IReadOnlyList<DossierComponent> components) =>
        channel == Channel.Online || components.All(c => c.Kind == CopyKind.Electronic || c.NoScan is not null);

    /// <summary>
    /// How far a component is digitised. No scan is needed of what was submitted electronically, and of what has a reason (Circular
    /// 03/2025/TT-VPCP, art. 5(2)); there are
    /// as many images as the original has pages (Circular 01/2023/TT-VPCP, art. 8(2)), more where a note is stuck on a page.
    /// </summary>
    public static Digitising Of(Dossier dossier, string componentCode, IReadOnlyList<DossierFile> files)
    {
        if (files.Any(f => f.Kind != FileKind.Scan))
            return Digitising.Done;
        var handedIn = dossier.Components.FirstOrDefault(c => c.Code == componentCode);
        if (files.Count > 0)
            return files.Sum(f => (long)(f.Pages ?? 0)) >= (handedIn?.Pages ?? 1) ? Digitising.Done : Digitising.Partly;
        return handedIn is null or { NoScan: not null } || FileFacts.IsElectronic(dossier, componentCode)
            ? Digitising.NotNeeded
            : Digitising.Missing;
    }
}
