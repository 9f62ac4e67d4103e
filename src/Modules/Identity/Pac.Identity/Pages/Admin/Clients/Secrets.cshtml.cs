using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pac.Identity.Features.Clients;
using Pac.SharedKernel;

namespace Pac.Identity.Pages.Admin.Clients;

/// <summary>A secret as it is shown once.</summary>
internal sealed record ClientSecretShown(OneClient Page, string Secret);

/// <summary>Gives an application a new secret while the old ones go on for a while. The secret is in the answer itself, because it is kept nowhere; sent again, the form is out of date.</summary>
[Door("identity.manage-clients", Fresh = true)]
internal sealed class IssueModel : OneClient
{
    [BindProperty]
    public string? OverlapHours { get; set; } = "24";

    public string? Secret { get; private set; }

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string> { ["overlapHours"] = T("Bí mật cũ còn dùng được thêm (giờ)", "The old secrets go on for (hours)") };

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        if (!int.TryParse(Filled(OverlapHours), NumberStyles.None, CultureInfo.InvariantCulture, out var hours))
            Refuse("overlapHours", T("Hãy nhập số giờ từ 0 đến 720.", "Enter hours from 0 to 720."));
        else if (await Try(async () => Take((await Ask(new IssueClientSecret(Id, Version, new(hours)))).Item)))
        {
            Title = T("Bí mật mới", "The new secret");
            return Page();
        }
        await Load();
        return Page();
    }

    private void Take(IssuedSecret issued) => (Client, Secret) = (issued.Client, issued.Secret);

    private async Task Load()
    {
        await Read();
        Title = T("Cấp bí mật mới", "Issue a new secret");
    }
}

/// <summary>Asks before a secret is ended, and ends it.</summary>
[Door("identity.manage-clients", Fresh = true)]
internal sealed class RevokeSecretModel : OneClient
{
    [BindProperty(SupportsGet = true)]
    public Guid SecretId { get; set; }

    public SecretView Entry { get; private set; } = null!;

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        if (await Try(() => Ask(new RevokeClientSecret(Id, SecretId, Version))))
            return Go(Address + "?done=1");
        await Load();
        return Page();
    }

    private async Task Load()
    {
        await Read();
        Entry = Client.Secrets.FirstOrDefault(s => s.Id == SecretId) ?? throw new NotFoundException("secret");
        Title = T("Thu hồi bí mật?", "Revoke the secret?");
    }
}
