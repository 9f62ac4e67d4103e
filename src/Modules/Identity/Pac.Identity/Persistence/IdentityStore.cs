using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenIddict.EntityFrameworkCore.Models;
using Pac.Identity.Domain;

namespace Pac.Identity.Persistence;

/// <summary>Users, roles, clients, tokens and keys, all in the schema <c>identity</c>.</summary>
internal sealed class IdentityStore(DbContextOptions<IdentityStore> options)
    : IdentityDbContext<
        User,
        Role,
        Guid,
        IdentityUserClaim<Guid>,
        RoleAssignment,
        IdentityUserLogin<Guid>,
        IdentityRoleClaim<Guid>,
        IdentityUserToken<Guid>,
        IdentityUserPasskey<Guid>
    >(options),
        IDataProtectionKeyContext
{
    public const string SchemaName = "identity";

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<ServerKey> ServerKeys => Set<ServerKey>();

    public DbSet<RolePermission> RolePermissions => Set<RolePermission>();

    public DbSet<ClientGrant> ClientGrants => Set<ClientGrant>();

    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options
            .UseNpgsql(source, o => o.MigrationsHistoryTable("migrations", SchemaName))
            .UseSnakeCaseNamingConvention()
            .UseOpenIddict<Guid>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(SchemaName);
        builder.Entity<User>(b =>
        {
            b.ToTable("users");
            b.Property(u => u.DisplayName).HasMaxLength(200);
        });
        builder.Entity<Role>(b =>
        {
            b.ToTable("roles");
            b.Property(r => r.Vietnamese).HasMaxLength(200);
            b.Property(r => r.English).HasMaxLength(200);
            b.HasMany(r => r.Permissions).WithOne().HasForeignKey(p => p.RoleId);
        });
        builder.Entity<RolePermission>(b =>
        {
            b.ToTable("role_permissions");
            b.HasKey(p => new { p.RoleId, p.Permission });
            b.Property(p => p.Permission).HasMaxLength(100);
        });
        builder.Entity<RoleAssignment>(b =>
        {
            b.ToTable("user_roles");
            b.Property(a => a.Scope).HasMaxLength(80);
        });
        builder.Entity<ClientGrant>(b =>
        {
            b.ToTable("client_grants");
            b.HasKey(g => new { g.ClientId, g.RoleId });
            b.Property(g => g.ClientId).HasMaxLength(100);
            b.Property(g => g.Scope).HasMaxLength(80);
            b.HasOne<Role>().WithMany().HasForeignKey(g => g.RoleId);
        });
        builder.Entity<ServerKey>(b =>
        {
            b.ToTable("server_keys");
            b.Property(k => k.Use).HasMaxLength(3);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("user_passkeys");
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
        builder.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("clients");
        builder.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().ToTable("authorizations");
        builder.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("scopes");
        builder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().ToTable("tokens");
    }
}

internal sealed class IdentityDesignTime : IDesignTimeDbContextFactory<IdentityStore>
{
    public IdentityStore CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<IdentityStore>();
        IdentityStore.Configure(options, NpgsqlDataSource.Create("Host=localhost"));
        var services = new ServiceCollection().Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        options.UseApplicationServiceProvider(services.BuildServiceProvider());
        return new(options.Options);
    }
}
