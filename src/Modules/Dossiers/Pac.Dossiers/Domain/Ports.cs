using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Domain;

/// <summary>A serial number that nobody else gets, and what else was true at the moment it was taken.</summary>
/// <param name="Serial">Number of the dossier in the agency's day, from 1.</param>
/// <param name="CalendarVersion">Version of the calendar that the due instant must be computed with, at least.</param>
/// <param name="ProcedureVersion">Number of the newest version of the procedure; 0 when it has ended.</param>
internal readonly record struct SerialNumber(int Serial, int CalendarVersion, int ProcedureVersion);

/// <summary>Gives out serial numbers, one row per agency and day in the database, so that no two hosts give the same.</summary>
internal interface IDossierNumbers
{
    /// <summary>
    /// Takes the next number and counts the reception. Both belong to the transaction that the following save commits; without a save the
    /// number is free again and nothing was counted.
    /// </summary>
    /// <param name="day">Day of the reception at the centre.</param>
    /// <param name="counted">Under what the reception is counted; the number is that of its agency.</param>
    /// <param name="calendarCode">The calendar that the clock will run by.</param>
    /// <param name="ct">Cancels the work.</param>
    Task<SerialNumber> Next(DateOnly day, FigureKey counted, string calendarCode, CancellationToken ct);

    /// <summary>As <see cref="Next"/>, for what is only submitted: no reception is counted.</summary>
    Task<SerialNumber> NextUncounted(DateOnly day, FigureKey key, string calendarCode, CancellationToken ct);

    /// <summary>The version of a calendar that a clock must begin with, at least; it cannot change until the following save.</summary>
    Task<int> CalendarVersion(string calendarCode, CancellationToken ct);
}

/// <summary>The catalogue as reception needs it.</summary>
internal interface ICatalogue
{
    /// <summary>The procedure with its versions, or null. It may be remembered: compare its last version with the one that is true now.</summary>
    Task<Procedure?> Find(string procedureCode, CancellationToken ct);

    /// <summary>The procedure as it stands in the database now.</summary>
    Task<Procedure?> Refresh(string procedureCode, CancellationToken ct);

    /// <summary>How an agency stands now, or null when there is none.</summary>
    Task<AgencyStanding?> StandingOf(string agencyCode, CancellationToken ct);

    /// <summary>How all agencies stand to one another.</summary>
    Task<AgencyOrder> Agencies(CancellationToken ct);

    /// <summary>The name of an agency in Vietnamese, as forms print it.</summary>
    Task<string> NameOf(string agencyCode, CancellationToken ct);

    /// <summary>Whether there is such a field.</summary>
    Task<bool> HasField(string fieldCode, CancellationToken ct);

    /// <summary>What the content of a version is checked against.</summary>
    Task<CatalogueFacts> Facts(CancellationToken ct);
}

/// <summary>How a dossier code is written.</summary>
internal static class DossierCode
{
    /// <summary>Agency, day and serial number of at least four digits (Circular 03/2025/TT-VPCP, art. 13; the exact shape is to be confirmed).</summary>
    public static string Write(string agencyCode, DateOnly day, int serial) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{agencyCode}-{day:yyMMdd}-{serial:0000}");

    /// <summary>Where a dossier stands in the register: the volume is that of the agency and the day, the number runs within it.</summary>
    public static (string Volume, string Serial) InRegister(string code) =>
        code.LastIndexOf('-') is > 0 and var at ? (code[..at], code[(at + 1)..]) : (code, "");
}

/// <summary>Identity numbers as they may be kept.</summary>
internal interface IIdentityNumbers
{
    /// <summary>Encrypts a number and makes it findable; null stays null.</summary>
    ValueTask<SealedNumber?> Seal(string? number, CancellationToken ct);

    /// <summary>The number behind what was sealed.</summary>
    string? Open(byte[]? number);

    /// <summary>By what a number is found.</summary>
    ValueTask<byte[]> IndexOf(string number, CancellationToken ct);
}

/// <summary>A dossier in which a person was found.</summary>
/// <param name="Dossier">The dossier.</param>
/// <param name="Part">In which part.</param>
internal sealed record FoundPerson(Dossier Dossier, PersonPart Part);

/// <summary>Who had to do with dossiers before, as far as the caller may see.</summary>
internal interface IApplicants
{
    /// <summary>The newest dossier in which whoever has this identity number applies, else the newest one in which he has another part, or null.</summary>
    Task<FoundPerson?> Newest(string identityNumber, CancellationToken ct);

    /// <summary>Dossiers for a procedure that the person applies for or whose affair they are, and that have not ended, newest first.</summary>
    Task<IReadOnlyList<FoundPerson>> Open(string identityNumber, string procedureCode, CancellationToken ct);
}

/// <summary>Dossiers that another agency was asked about.</summary>
internal interface IConsultedDossiers
{
    /// <summary>The dossier, also for an agency that may not see it: its answer is noted there.</summary>
    Task<Dossier> Of(AgencyConsultation asked, CancellationToken ct);
}

/// <summary>Notes who saw personal data in full.</summary>
internal interface IAccessLog
{
    /// <summary>Adds an entry; the following save writes it.</summary>
    /// <param name="dossier">Whose data.</param>
    /// <param name="purpose">Stable word of what they were shown for.</param>
    void Record(DossierId dossier, string purpose);

    /// <summary>Adds an entry for a message of another system, which names an applicant; the following save writes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="dossier">Whose data, as far as that is known; the audit trail keeps it in any case.</param>
    void RecordMessage(ExchangeMessageId message, DossierId? dossier);

    /// <summary>Notes in the audit trail who read in full what a counter answered; there is no dossier.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="purpose">Stable word of what it was shown for.</param>
    void RecordCounterAnswer(CounterAnswerId answer, string purpose);

    /// <summary>Notes in the audit trail who took many dossiers out of the house at once.</summary>
    /// <param name="export">The export, which says which ones.</param>
    /// <param name="purpose">Stable word of what was done with it.</param>
    void RecordExport(DossierExportId export, string purpose);
}

/// <summary>What counters answered, wherever it was: a person is asked once for everything, at whatever centre (Decree 118/2025, art. 11).</summary>
internal interface ICounterAnswers
{
    /// <summary>What a person was told to be missing. Another counter that asks the same waits until the save.</summary>
    Task<IReadOnlyList<CounterAnswer>> All(AskedAtCounter asked, CancellationToken ct);
}

/// <summary>One line of the register of dossiers (sổ theo dõi hồ sơ, form 07).</summary>
internal sealed record RegisterRow(
    string Code,
    string ProcedureCode,
    string ProcedureName,
    IReadOnlyList<DossierComponent> Documents,
    string ApplicantName,
    string? Address,
    string? Phone,
    string AgencyCode,
    string AgencyName,
    Channel Channel,
    DossierStatus Status,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    ReturnMethod? ReturnMethod,
    string? Note
);

/// <summary>The register of dossiers that the caller may see.</summary>
internal interface IDossierRegister
{
    /// <summary>What was received in a period, oldest first, one more than wanted when there is more.</summary>
    Task<IReadOnlyList<RegisterRow>> Read(DateOnly from, DateOnly to, string? centreCode, int most, CancellationToken ct);

    /// <summary>How many were received in a period.</summary>
    Task<int> Count(DateOnly from, DateOnly to, string? centreCode, CancellationToken ct);

    /// <summary>What was received in a period, oldest first, one after the other as they are asked for.</summary>
    IAsyncEnumerable<RegisterRow> Stream(DateOnly from, DateOnly to, string? centreCode);

    /// <summary>Notes that it was printed, for the audit trail; the following save writes it.</summary>
    void NotePrinted(DateOnly from, DateOnly to, int rows);
}

/// <summary>Which dossiers are linked, wherever they are: what they have in common holds also for those that the caller does not see.</summary>
internal interface ILinkedDossiers
{
    /// <summary>Those that follow one of these, whoever may see them.</summary>
    Task<IReadOnlyList<Dossier>> LedBy(IReadOnlyList<DossierId> leaders, CancellationToken ct);

    /// <summary>A dossier with the one that leads it and all that follow with it.</summary>
    Task<IReadOnlyList<DossierId>> GroupOf(DossierId dossier, CancellationToken ct);
}

/// <summary>Holds dossiers against everybody else until the following save, for acts of which the first wins.</summary>
internal interface IDossierHold
{
    Task Hold(IReadOnlyList<DossierId> ids, CancellationToken ct);
}

/// <summary>Who may be in charge of dossiers.</summary>
internal interface IOfficers
{
    /// <summary>Refuses somebody who may not work on dossiers, or belongs to another unit than the one that has the dossier in hand.</summary>
    /// <exception cref="Pac.SharedKernel.BusinessRuleException">They cannot be in charge.</exception>
    Task<Action<Dossier>> CheckOf(string officer, CancellationToken ct);

    /// <summary>Refuses a caller who has no part in this stage of a dossier, and does not oversee it either.</summary>
    /// <exception cref="Pac.SharedKernel.BusinessRuleException">It is for others.</exception>
    void DemandStage(Dossier dossier, bool orOversees = true);

    /// <summary>Refuses somebody who may not answer feedback, or not that which an agency is to have in hand.</summary>
    /// <exception cref="Pac.SharedKernel.BusinessRuleException">They cannot be in charge.</exception>
    Task Check(string officer, Feedback matter, string agencyCode, CancellationToken ct);
}

/// <summary>Who oversees units and centres.</summary>
internal interface IOverseers
{
    /// <summary>Who oversees what several dossiers need; one question, whatever their number.</summary>
    /// <param name="dossiers">The dossiers.</param>
    /// <param name="asked">Agencies whose opinion is asked.</param>
    /// <param name="ct">Cancels the question.</param>
    Task<Overseeing> Of(IReadOnlyList<Dossier> dossiers, IEnumerable<string> asked, CancellationToken ct);
}

/// <summary>Who oversees which data: subjects by the written form of the data.</summary>
internal sealed class Overseeing(ILookup<string, string> subjects)
{
    private const string Province = "province";

    /// <summary>Who is to be told of a dossier; nobody when there is none.</summary>
    public IReadOnlyList<string> Told(Dossier dossier, EscalationTo to, string? asked = null)
    {
        if (to == EscalationTo.Officer && dossier.AssignedTo is { } officer)
            return [officer];
        string[] scopes =
            to == EscalationTo.Centre ? [CentreOf(dossier), Province]
            : to == EscalationTo.AskedAgency && asked is not null ? [AgencyScope(asked), UnitOf(dossier), CentreOf(dossier), Province]
            : [UnitOf(dossier), CentreOf(dossier), Province];
        return scopes.Select(s => subjects[s].ToList()).FirstOrDefault(s => s.Count > 0) ?? [];
    }

    /// <summary>The data whose overseers a dossier may need.</summary>
    public static IEnumerable<string> ScopesOf(Dossier dossier) => [UnitOf(dossier), CentreOf(dossier), Province];

    /// <summary>The data of an agency in written form.</summary>
    public static string AgencyScope(string code) => "agency:" + code;

    // Until it is transferred, and once its result is there, the centre has it in hand.
    private static string UnitOf(Dossier d) =>
        d.Status is DossierStatus.InProcess or DossierStatus.WithdrawalRequested ? AgencyScope(d.HandlingAgency) : CentreOf(d);

    private static string CentreOf(Dossier d) =>
        "centre:" + (d.Delivery == DeliveryStatus.Ready ? d.ReturnCentreCode ?? d.CentreCode : d.ServingCentre);
}
