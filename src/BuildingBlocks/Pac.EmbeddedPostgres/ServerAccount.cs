using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pac.EmbeddedPostgres;

/// <summary>The account the server runs under. PostgreSQL refuses to run as root, so root hands it to <c>postgres</c>, else to <c>nobody</c>.</summary>
internal sealed class ServerAccount
{
    private readonly int? _user;
    private readonly int _group;

    private ServerAccount(int? user, int group)
    {
        _user = user;
        _group = group;
    }

    public static ServerAccount Choose(string binaries)
    {
        if (Environment.UserName != "root")
            return new(null, 0);
        var accounts = File.ReadAllLines("/etc/passwd").Select(l => l.Split(':')).Where(f => f.Length > 3).ToLookup(f => f[0]);
        var account = accounts["postgres"].FirstOrDefault() ?? accounts["nobody"].FirstOrDefault();
        if (account is null)
            throw new PostgresMissingException("PostgreSQL cannot run as root, and there is neither an account postgres nor nobody.");
        var chosen = new ServerAccount(Number(account[2]), Number(account[3]));
        return chosen.MayPass(binaries)
            ? chosen
            : throw new PostgresMissingException($"The account {account[0]} cannot reach the PostgreSQL programs in {binaries}.");
    }

    /// <summary>The folder itself, or one below the temporary folder when a parent is closed to the account.</summary>
    public string PassableFolder(string folder, Action<string> say)
    {
        Directory.CreateDirectory(folder);
        if (_user is null || MayPass(Path.GetDirectoryName(folder)!))
            return folder;
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        var other = Path.Combine(Path.GetTempPath(), "pac-postgres-" + key);
        say($"The database account cannot pass {folder}; its data are kept in {other}.");
        return other;
    }

    public void Own(string path)
    {
        if (_user is null)
            return;
        using var chown = Process.Start("chown", [string.Create(CultureInfo.InvariantCulture, $"{_user}:{_group}"), path]);
        chown.WaitForExit();
        if (chown.ExitCode != 0)
            throw new InvalidOperationException($"chown {path} failed.");
    }

    public ProcessStartInfo Command(string program, IEnumerable<string> arguments, string folder, bool ownSession = false)
    {
        List<string> words = [];
        if (ownSession)
            words.AddRange(["setsid", "-w"]);
        if (_user is { } user)
        {
            words.AddRange([
                "setpriv",
                string.Create(CultureInfo.InvariantCulture, $"--reuid={user}"),
                string.Create(CultureInfo.InvariantCulture, $"--regid={_group}"),
                "--clear-groups",
                "--",
            ]);
        }
        words.Add(program);
        words.AddRange(arguments);
        var start = new ProcessStartInfo(words[0]) { WorkingDirectory = folder };
        foreach (var word in words.Skip(1))
            start.ArgumentList.Add(word);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    // Every parent must be passable; asked of the system itself, as access lists may say more than the mode.
    private bool MayPass(string folder)
    {
        using var test = Process.Start(Command("test", ["-x", folder], "/"))!;
        test.WaitForExit();
        return test.ExitCode == 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
