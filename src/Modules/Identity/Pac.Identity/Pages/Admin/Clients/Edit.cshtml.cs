using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pac.Identity.Features.Clients;
using Pac.Identity.Protocol;

namespace Pac.Identity.Pages.Admin.Clients;

/// <summary>Everything that is set about an application.</summary>
internal abstract class ClientForm : OneClient
{
    private static readonly char[] LineEnds = ['\r', '\n'];

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public List<string> Scopes { get; set; } = [];

    [BindProperty]
    public string? RedirectAddresses { get; set; }

    [BindProperty]
    public string? SignOutAddresses { get; set; }

    /// <summary>For each role in which the machine acts, over which data.</summary>
    [BindProperty]
    public List<string> Grants { get; set; } = [];

    [BindProperty]
    public string? GrantScope { get; set; }

    [BindProperty]
    public string? RateLimitPerMinute { get; set; }

    [BindProperty]
    public string? MustSendIdempotencyKey { get; set; }

    [BindProperty]
    public string? Keys { get; set; }

    public abstract string? Kind { get; set; }

    public virtual string? NewClientId => null;

    /// <summary>The secret just made; shown this once.</summary>
    public string? Secret { get; protected set; }

    public IReadOnlyList<Option> Roles { get; private set; } = [];

    public IReadOnlyList<Option> Places { get; private set; } = [];

    public static IReadOnlyList<string> AllScopes => ServerSetup.ApiScopes;

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["clientId"] = T("Mã (client_id)", "Client id"),
            ["kind"] = T("Loại ứng dụng", "Kind of application"),
            ["name"] = T("Tên hiển thị", "Name to show"),
            ["owner"] = T("Đơn vị chịu trách nhiệm và cách liên hệ", "Who answers for it, and how to reach them"),
            ["scopes"] = T("Phạm vi truy cập (scope)", "What it may touch (scopes)"),
            ["redirectAddresses"] = T("Địa chỉ quay lại sau đăng nhập", "Redirect addresses"),
            ["signOutAddresses"] = T("Địa chỉ quay lại sau đăng xuất", "Addresses after sign-out"),
            ["grants"] = T("Vai trò của hệ thống máy", "Roles of a machine"),
            ["grantScope"] = T("Phạm vi dữ liệu của các vai trò đó", "Data scope of those roles"),
            ["rateLimitPerMinute"] = T("Giới hạn yêu cầu mỗi phút", "Requests per minute"),
            ["mustSendIdempotencyKey"] = T("Bắt buộc gửi Idempotency-Key với mỗi POST", "Must send an Idempotency-Key with every POST"),
            ["keys"] = T("Khóa công khai (JSON Web Key Set) cho private_key_jwt", "Public keys (JSON Web Key Set) for private_key_jwt"),
        };

    /// <summary>Over which data a role is held already; it stays so when no other scope is chosen for all.</summary>
    protected virtual string? HeldOver(string role) => null;

    protected async Task Choices()
    {
        Roles = await Directory.RoleOptions(Cancel);
        Places = [.. (await Directory.ScopeOptions(Cancel)).Where(o => o.Value != "own")];
    }

    protected ClientSettings? Settings()
    {
        int? limit = null;
        if (Filled(RateLimitPerMinute) is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                limit = number;
            else
                Refuse("rateLimitPerMinute", T("Hãy nhập một số nguyên từ 1 đến 1.000.000.", "Enter a whole number from 1 to 1,000,000."));
        }
        var grants = Grants.ConvertAll(g => new GrantView(g, Filled(GrantScope) ?? HeldOver(g) ?? ""));
        if (grants.Exists(g => g.Scope.Length == 0))
            Refuse("grantScope", T("Hãy chọn phạm vi dữ liệu.", "Choose the data scope."));
        return Faults.Count > 0
            ? null
            : new(
                Filled(Name) ?? "",
                Filled(Owner) ?? "",
                Scopes,
                Lines(RedirectAddresses),
                Lines(SignOutAddresses),
                grants,
                limit,
                MustSendIdempotencyKey == "yes",
                Filled(Keys)
            );
    }

    private static string[] Lines(string? text) =>
        (text ?? "").Split(LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Changes an application.</summary>
[Door("identity.manage-clients", Fresh = true)]
internal sealed class EditModel : ClientForm
{
    public override string? Kind
    {
        get => Client.Kind.ToString();
        set { }
    }

    public async Task OnGet()
    {
        await Load();
        (Name, Owner, Scopes, Keys) = (Client.Name, Client.Owner, [.. Client.Scopes], Client.Keys);
        (RedirectAddresses, SignOutAddresses) = (string.Join('\n', Client.RedirectAddresses), string.Join('\n', Client.SignOutAddresses));
        Grants = [.. Client.Grants.Select(g => g.Role)];
        GrantScope = Client.Grants.Select(g => g.Scope).Distinct().Count() == 1 ? Client.Grants[0].Scope : null;
        RateLimitPerMinute = Client.RateLimitPerMinute?.ToString(CultureInfo.InvariantCulture);
        MustSendIdempotencyKey = Client.MustSendIdempotencyKey ? "yes" : null;
    }

    public async Task<IActionResult> OnPost()
    {
        await Read();
        if (Settings() is { } settings && await Try(() => Ask(new ChangeClient(Id, Version, settings))))
            return Go(Address + "?done=1");
        await Load();
        return Page();
    }

    protected override string? HeldOver(string role) => Client.Grants.FirstOrDefault(g => g.Role == role)?.Scope;

    private async Task Load()
    {
        await Read();
        await Choices();
        Title = T("Thay đổi ứng dụng", "Change the application");
    }
}

/// <summary>Registers an application. Its secret is in the answer itself, because it is kept nowhere; sent again, the form is refused by its name.</summary>
[Door("identity.manage-clients", Fresh = true)]
internal sealed class NewModel : ClientForm
{
    [BindProperty]
    public string? ClientId { get; set; }

    [BindProperty]
    public override string? Kind { get; set; }

    public override string? NewClientId => ClientId ?? "";

    public IReadOnlyList<Option> Kinds => [.. Enum.GetValues<ClientKind>().Select(k => new Option(k.ToString(), this.KindName(k)))];

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        if (!Enum.TryParse<ClientKind>(Kind, out var kind) || !Enum.IsDefined(kind))
            Refuse("kind", T("Hãy chọn loại ứng dụng.", "Choose the kind of application."));
        if (Settings() is { } settings)
        {
            RegisteredClient? made = null;
            if (await Try(async () => made = (await Ask(new RegisterClient(Filled(ClientId) ?? "", kind, settings))).Item))
            {
                if (made!.Secret is null)
                    return Go($"/admin/clients/{made.Id}?done=1");
                (Id, Client, Secret) = (made.Id, made.Client, made.Secret);
                Title = T("Ứng dụng đã được đăng ký", "The application is registered");
                return Page();
            }
        }
        await Load();
        return Page();
    }

    private async Task Load()
    {
        await Choices();
        Title = T("Đăng ký ứng dụng", "Register an application");
    }
}
