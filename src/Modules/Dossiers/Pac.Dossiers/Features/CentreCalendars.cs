using System.Collections.Concurrent;
using MediatR;
using Pac.Dossiers.Domain;
using Pac.Facilities.Contracts;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features;

/// <summary>A centre as this module needs it.</summary>
/// <param name="Code">Code of the centre.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Calendar">The calendar it works by, ready to compute with.</param>
internal sealed record KnownCentre(string Code, string Name, string Address, WorkingCalendar Calendar);

/// <summary>Compiled calendars of this host. Only a shortcut: whoever needs a certain version says so, and a newer one is fetched.</summary>
internal sealed class KnownCentres
{
    public ConcurrentDictionary<string, (KnownCentre Centre, DateTimeOffset Until)> ByCode { get; } = new();

    /// <summary>All centres by name.</summary>
    public (IReadOnlyList<CentreName> Names, DateTimeOffset Until)? Names { get; set; }

    /// <summary>The calendars of all centres, by code of the centre.</summary>
    public (IReadOnlyDictionary<string, WorkingCalendar> Calendars, DateTimeOffset Until)? All { get; set; }
}

/// <summary>Asks the facilities module for centres and their calendars.</summary>
internal sealed class CentreCalendars(ISender sender, KnownCentres known, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>A centre with its calendar in at least the given version, or null when there is no such centre.</summary>
    public async Task<KnownCentre?> Find(string code, int atLeast, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.ByCode.TryGetValue(code, out var kept) && kept.Until > now && kept.Centre.Calendar.Definition.Version >= atLeast)
            return kept.Centre;
        var answer = await sender.Send(new GetWorkingCalendars([code]), ct);
        if (answer.Count == 0)
            return null;
        var definition = answer[0].Calendar;
        // Compiling lays out a hundred years; the version that was compiled before is the same for ever.
        var calendar =
            kept.Centre?.Calendar.Definition is { } old && old.Code == definition.Code && old.Version == definition.Version
                ? kept.Centre.Calendar
                : WorkingCalendar.Compile(definition);
        var centre = new KnownCentre(code, answer[0].CentreName, answer[0].Address, calendar);
        known.ByCode[code] = (centre, now + Fresh);
        return centre;
    }

    /// <summary>The centre that received a dossier, with its calendar in the version of the dossier's clock or a newer one.</summary>
    public async Task<KnownCentre> Get(Dossier dossier, int atLeast, CancellationToken ct) =>
        await Find(dossier.CentreCode, Math.Max(atLeast, dossier.Clock?.CalendarVersion ?? 0), ct)
        ?? throw new InvalidOperationException("A dossier names a centre that does not exist.");

    /// <summary>Refuses a centre that does not exist.</summary>
    public async Task Check(string? code, string pointer, CancellationToken ct)
    {
        if (code is not null && await Find(code, 0, ct) is null)
            throw new BusinessRuleException(DossierErrors.UnknownCentre.At(pointer));
    }

    /// <summary>All centres by name; no question while they are fresh.</summary>
    public async Task<IReadOnlyList<CentreName>> Names(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.Names is { } kept && kept.Until > now)
            return kept.Names;
        var names = await sender.Send(new GetCentres(), ct);
        known.Names = (names, now + Fresh);
        return names;
    }

    /// <summary>The calendars of all centres, by code of the centre; two questions, whatever their number, and none while they are fresh.</summary>
    public async Task<IReadOnlyDictionary<string, WorkingCalendar>> All(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.All is { } kept && kept.Until > now)
            return kept.Calendars;
        var codes = (await Names(ct)).Select(c => c.Code).ToList();
        var answer = await sender.Send(new GetWorkingCalendars(codes), ct);
        var old = known.All?.Calendars.Values.ToLookup(c => (c.Definition.Code, c.Definition.Version));
        var compiled = answer
            .Select(c => c.Calendar)
            .DistinctBy(c => (c.Code, c.Version))
            .ToDictionary(c => (c.Code, c.Version), c => old?[(c.Code, c.Version)].FirstOrDefault() ?? WorkingCalendar.Compile(c));
        var all = answer.ToDictionary(c => c.CentreCode, c => compiled[(c.Calendar.Code, c.Calendar.Version)]);
        known.All = (all, now + Fresh);
        return all;
    }

    /// <summary>The calendars of many centres in their present version, by code of the calendar; one question, whatever their number.</summary>
    public async Task<IReadOnlyDictionary<string, WorkingCalendar>> Of(IReadOnlyList<string> centreCodes, CancellationToken ct)
    {
        var definitions = (await sender.Send(new GetWorkingCalendars(centreCodes), ct)).Select(c => c.Calendar).DistinctBy(c => c.Code);
        var compiled = known.ByCode.Values.Select(k => k.Centre.Calendar).ToList();
        return definitions.ToDictionary(
            d => d.Code,
            d =>
                compiled.FirstOrDefault(c => c.Definition.Code == d.Code && c.Definition.Version == d.Version) ?? WorkingCalendar.Compile(d)
        );
    }
}
