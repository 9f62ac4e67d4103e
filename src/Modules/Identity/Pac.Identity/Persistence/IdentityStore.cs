using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using OpenIddict.EntityFrameworkCore.Models;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Persistence;
using Pac.Identity.Domain;
using Pac.SharedKernel;

namespace Pac.Identity.Persistence;

/// <summary>Users, roles, clients, tokens and keys, all in the schema <c>identity</c>.</summary>
internal sealed class IdentityStore(DbContextOptions<IdentityStore> options) : ModuleDbContext(options), IDataProtectionKeyContext
{
    public const string SchemaName = "identity";

    public override string Schema => SchemaName;

    public DbSet<User> Users => Set<User>();

    public DbSet<Role> Roles => Set<Role>();

    public DbSet<RolePermission> RolePermissions => Set<RolePermission>();

    public DbSet<RoleAssignment> Assignments => Set<RoleAssignment>();

    public DbSet<Client> Clients => Set<Client>();

    public DbSet<ClientSecret> ClientSecrets => Set<ClientSecret>();

    public DbSet<UsedAssertion> UsedAssertions => Set<UsedAssertion>();

    public DbSet<Grant> Grants => Set<Grant>();

    public DbSet<Token> Tokens => Set<Token>();

    public DbSet<ClientGrant> ClientGrants => Set<ClientGrant>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<ServerKey> ServerKeys => Set<ServerKey>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<Authenticator> Authenticators => Set<Authenticator>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    /// <summary>The present instant, by the clock of the host.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // It names the tables after itself; the configurations of this module name them after the field.
        modelBuilder.UseOpenIddict<Client, Grant, OpenIddictEntityFrameworkCoreScope<Guid>, Token, Guid>();
        base.OnModelCreating(modelBuilder);
    }

    // The libraries' entities are no aggregates and raise nothing; what others must know is told where it happens.
    protected override IIntegrationEvent? Publish(IDomainEvent domainEvent) => null;
}

internal sealed class IdentityDesignTime : IDesignTimeDbContextFactory<IdentityStore>
{
    public IdentityStore CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<IdentityStore>();
        ModuleRegistration.Configure<IdentityStore>(options, NpgsqlDataSource.Create("Host=localhost"), IdentityStore.SchemaName);
        return new(options.Options);
    }
}
