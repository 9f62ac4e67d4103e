using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Pac.BuildingBlocks.Persistence;
using Pac.Identity.Features.Audit;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Audit;

/// <summary>What is asked of the trail, as people ask: by name and by day.</summary>
internal abstract class AuditQuestion : AdminPage
{
    private static readonly TimeSpan Local = TimeSpan.FromHours(7);

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Thing { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Client { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Module { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["who"] = T("Ai (tên đăng nhập hoặc mã)", "Who (user name or id)"),
            ["act"] = T("Việc đã làm", "Act"),
            ["kind"] = T("Loại đối tượng", "Kind of thing"),
            ["thing"] = T("Mã đối tượng", "Id of the thing"),
            ["client"] = T("Qua ứng dụng", "Through application"),
            ["module"] = T("Phần", "Module"),
            ["from"] = T("Từ ngày", "From"),
            ["to"] = T("Đến hết ngày", "Until"),
        };

    /// <summary>The filter of the API; a name of a user becomes his id, a day its first instant at the centre.</summary>
    protected async Task<AuditFilter> Filter()
    {
        var (from, to) = (Day("from", From), Day("to", To));
        return new(
            Filled(Module),
            Filled(Act),
            Filled(Kind),
            Filled(Thing),
            Filled(Who) is { } who ? await Subject(who) : null,
            Filled(Client),
            from is { } first ? new DateTimeOffset(first.ToDateTime(default), Local) : null,
            to is { } last && last < DateOnly.MaxValue ? new DateTimeOffset(last.AddDays(1).ToDateTime(default), Local) : null
        );
    }

    private async Task<string> Subject(string who)
    {
        if (Guid.TryParse(who, out var id))
            return id.ToString();
        var found = await Ask(new FindUsers(new(who, null, null, null), new(PageRequest.MaximumLimit)));
        return found.Items.FirstOrDefault(u => u.UserName.Equals(who, StringComparison.OrdinalIgnoreCase))?.Id.ToString() ?? who;
    }
}

/// <summary>The audit trail of all modules: sign-ins, acts of administration, changes of data, and who looked at whose personal data.</summary>
[Door("identity.audit")]
internal sealed class AuditModel : AuditQuestion
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<AuditEntryView> Found { get; private set; } = new([]);

    public IReadOnlyList<Option> Modules { get; private set; } = [];

    public string Export => "/admin/audit/export" + With(("cursor", null))[Request.Path.Value!.Length..];

    public async Task OnGet()
    {
        Title = T("Nhật ký hệ thống", "Audit trail");
        Modules = [.. Directory.Modules.Select(m => new Option(m.Name, Admin.Directory.Module(m.Name)))];
        var filter = await Filter();
        if (Faults.Count == 0)
            await Try(async () => Found = await Ask(new FindAuditEntries(filter, new(null, Filled(Cursor)))));
    }

    /// <summary>Changed members with their values before and after; a personal value is shown by neither.</summary>
    public IEnumerable<(string Member, string Before, string After)> Changes(AuditEntryView entry)
    {
        if (entry.Changes is not { ValueKind: JsonValueKind.Object } changes)
            yield break;
        foreach (var member in changes.EnumerateObject())
        {
            var shown = member.Value is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2;
            yield return shown
                ? (member.Name, Written(member.Value[0]), Written(member.Value[1]))
                : (member.Name, T("không hiện", "not shown"), T("không hiện", "not shown"));
        }
    }

    private static string Written(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "–",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Written)),
            _ => value.GetRawText(),
        };
}

/// <summary>The entries that match, as a file for a spreadsheet.</summary>
[Door("identity.audit")]
internal sealed class ExportModel : AuditQuestion
{
    public async Task<IActionResult> OnGet()
    {
        Title = T("Xuất nhật ký", "Export the audit trail");
        var filter = await Filter();
        return Faults.Count > 0
            ? Page()
            : new Answer(ExportAuditEntriesEndpoint.Csv(HttpContext, await Ask(new ExportAuditEntries(filter))));
    }
}
