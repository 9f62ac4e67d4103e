using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Mail;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Letters are ordered with their cause, written when they are sent, and say nothing that a person could have slipped in.</summary>
public sealed class MailTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_is_written_in_two_languages_with_a_link_to_this_host()
    {
        var user = await Host.NewUser(email: "an@pac.example", confirmed: false);
        await Order(user.Id, MailKind.Invitation);

        var letter = Assert.Single(await Host.Letters("an@pac.example"));

        Assert.Equal("Người dùng thử", letter.To.Mailboxes.Single().Name);
        Assert.Contains("Hãy đặt mật khẩu của bạn", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("Please set your password", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("<a href=\"http://127.0.0.1", letter.HtmlBody, StringComparison.Ordinal);
        Assert.StartsWith("/invitation?token=", await Host.Link("an@pac.example"), StringComparison.Ordinal);
        Assert.Equal("Succeeded", await Host.Scalar<string>("SELECT state FROM identity.jobs WHERE kind = 'send-mail'"));
    }

    [Fact]
    public async Task Nothing_of_the_token_is_kept_in_the_database()
    {
        var user = await Host.NewUser(email: "token@pac.example");
        await Order(user.Id, MailKind.ResetPassword);
        var token = (await Host.Link("token@pac.example")).Split("token=")[1];
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM identity.jobs j WHERE j::text LIKE '%' || $1 || '%'", token[..40]));
    }

    [Fact]
    public async Task An_order_that_is_not_committed_sends_nothing()
    {
        var user = await Host.NewUser(email: "never@pac.example");
        await using (var scope = Host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<IdentityStore>();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            MailJobs.Queue(db, user, MailKind.NewDevice);
            await db.SaveChangesAsync(Cancel);
            await transaction.RollbackAsync(Cancel);
        }
        Assert.Empty(await Host.Letters("never@pac.example"));
    }

    [Theory]
    [InlineData("a@pac.example\r\nBcc: b@evil.example")]
    [InlineData("a@pac.example, b@evil.example")]
    [InlineData("\"x\" <b@evil.example>")]
    [InlineData("no-address")]
    public async Task What_is_not_one_plain_address_gets_no_letter(string address)
    {
        var user = await Host.NewUser();
        await Host.Sql("UPDATE identity.users SET email = $2, email_confirmed = true WHERE id = $1", user.Id, address);
        await Order(user.Id, MailKind.NewDevice);
        await Host.RunJobs();
        Assert.Equal("mail.bad-address", await Host.Scalar<string>("SELECT error FROM identity.jobs WHERE kind = 'send-mail'"));
    }

    [Fact]
    public async Task A_name_cannot_become_a_header()
    {
        var user = await Host.NewUser(email: "name@pac.example");
        await Host.Sql(
            "UPDATE identity.users SET display_name = $2 WHERE id = $1",
            user.Id,
            "An\r\nBcc: b@evil.example\r\n\r\n<script>alert(1)</script>"
        );
        await Order(user.Id, MailKind.PasswordChanged);
        var letter = Assert.Single(await Host.Letters("name@pac.example"));
        Assert.Empty(letter.Bcc);
        Assert.Single(letter.To);
        Assert.DoesNotContain("<script", letter.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_user_and_an_address_that_nobody_confirmed_get_no_notice()
    {
        var gone = await Host.NewUser(email: "gone@pac.example");
        await Host.Sql("UPDATE identity.users SET disabled = true WHERE id = $1", gone.Id);
        var unsure = await Host.NewUser(email: "unsure@pac.example", confirmed: false);
        await Order(gone.Id, MailKind.PasswordChanged);
        await Order(unsure.Id, MailKind.PasswordChanged);
        Assert.Empty(await Host.Letters("gone@pac.example"));
        Assert.Empty(await Host.Letters("unsure@pac.example"));
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_later()
    {
        var away = new Away();
        await using var host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Add(s => s.AddSingleton<IMailSender>(away));
            }
        );
        var user = await host.NewUser(email: "later@pac.example");
        await Order(user.Id, MailKind.NewDevice, host);

        await host.RunJobs();
        Assert.Equal(1, away.Asked);
        Assert.Equal("Queued", await host.Scalar<string>("SELECT state FROM identity.jobs"));
        Assert.True(await host.Scalar<bool>("SELECT lease_until > now() + interval '20 seconds' FROM identity.jobs"));

        for (var n = 0; n < 7; n++)
        {
            await host.Sql("UPDATE identity.jobs SET lease_until = now() - interval '1 second'");
            await host.RunJobs();
        }
        Assert.Equal(8, away.Asked);
        away.IsAway = false;
        await host.Sql("UPDATE identity.jobs SET lease_until = now() - interval '1 second'");
        await host.RunJobs();
        Assert.Equal("Succeeded", await host.Scalar<string>("SELECT state FROM identity.jobs"));
    }

    private async Task Order(Guid user, MailKind kind, ModuleHost? host = null)
    {
        await using var scope = (host ?? Host).Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityStore>();
        MailJobs.Queue(db, await db.Users.SingleAsync(u => u.Id == user, Cancel), kind);
        await db.SaveChangesAsync(Cancel);
    }

    private sealed class Away : IMailSender
    {
        public bool IsAway { get; set; } = true;

        public int Asked { get; private set; }

        public bool IsConfigured => true;

        public Task Send(Letter letter, CancellationToken ct)
        {
            Asked++;
            return IsAway ? throw new MailNotSentException("mail.server-away", forGood: false) : Task.CompletedTask;
        }
    }
}
