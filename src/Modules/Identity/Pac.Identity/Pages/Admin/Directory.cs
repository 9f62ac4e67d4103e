using System.Globalization;
using MediatR;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Contracts;
using Pac.Facilities.Contracts;
using Pac.Identity.Features.Roles;

namespace Pac.Identity.Pages.Admin;

/// <summary>Names of what the pages speak of by code: roles, places, modules and permissions.</summary>
internal sealed class Directory(ISender sender, IReadOnlyList<IModule> modules, CurrentUser user)
{
    private static readonly Dictionary<string, (string Vietnamese, string English)> ModuleNames = new()
    {
        ["dossiers"] = ("Hồ sơ", "Dossiers"),
        ["facilities"] = ("Trung tâm, quầy và lịch làm việc", "Centres, counters and calendars"),
        ["identity"] = ("Người dùng, vai trò và ứng dụng", "Users, roles and applications"),
        ["appointments"] = ("Lịch hẹn", "Appointments"),
        ["staffing"] = ("Nhân sự", "Staffing"),
        ["remuneration"] = ("Chi trả", "Remuneration"),
    };

    private List<RoleView>? _roles;
    private Dictionary<string, string>? _places;

    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public IEnumerable<IModule> Modules => modules;

    /// <summary>All roles, in the order of their codes.</summary>
    public async Task<IReadOnlyList<RoleView>> Roles(CancellationToken ct)
    {
        if (_roles is not null)
            return _roles;
        List<RoleView> all = [];
        string? cursor = null;
        do
        {
            user.Act = "";
            var page = await sender.Send(new ListRoles(new(PageRequest.MaximumLimit, cursor)), ct);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);
        return _roles = all;
    }

    public async Task<string> Role(string code, CancellationToken ct) =>
        (await Roles(ct)).FirstOrDefault(r => r.Code == code) is { } role ? Named(role) : code;

    public async Task<IReadOnlyList<Option>> RoleOptions(CancellationToken ct) =>
        [.. (await Roles(ct)).Select(r => new Option(r.Code, Named(r))).OrderBy(o => o.Label, StringComparer.CurrentCulture)];

    public static string Named(RoleView role) => English ? role.English : role.Vietnamese;

    /// <summary>The data over which the caller may give rights.</summary>
    public async Task<IReadOnlyList<Option>> ScopeOptions(CancellationToken ct)
    {
        var all = (await Places(ct)).Select(p => new Option(p.Key, p.Value, GroupOf(p.Key)));
        return user.Scope.Kind == DataScopeKind.Province ? [.. all] : [.. all.Where(o => o.Value == user.Scope.ToString())];
    }

    public async Task<string> Scope(string written, CancellationToken ct) => (await Places(ct)).GetValueOrDefault(written, written);

    public static string Module(string name) =>
        ModuleNames.TryGetValue(name, out var names)
            ? English
                ? names.English
                : names.Vietnamese
            : name;

    public string Permission(string name) =>
        modules.SelectMany(m => m.Permissions).FirstOrDefault(p => p.Name == name) is not { } permission ? name
        : English ? permission.English
        : permission.Vietnamese;

    private async Task<Dictionary<string, string>> Places(CancellationToken ct)
    {
        if (_places is not null)
            return _places;
        _places = new()
        {
            ["province"] = English ? "The whole province" : "Toàn tỉnh",
            ["own"] = English ? "Own data only" : "Chỉ dữ liệu của chính mình",
        };
        foreach (var centre in await sender.Send(new GetCentres(), ct))
            _places[$"centre:{centre.Code}"] = English ? centre.English : centre.Vietnamese;
        foreach (var agency in await sender.Send(new GetAgencies(), ct))
            _places[$"agency:{agency.Code}"] = English ? agency.English : agency.Vietnamese;
        return _places;
    }

    private static string GroupOf(string scope) =>
        scope.Split(':')[0] switch
        {
            "centre" => English ? "Centres" : "Trung tâm",
            "agency" => English ? "Agencies" : "Cơ quan",
            _ => "",
        };
}
