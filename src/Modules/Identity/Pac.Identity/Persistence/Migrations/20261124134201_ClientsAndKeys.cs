using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Identity.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ClientsAndKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "active_from",
                schema: "identity",
                table: "server_keys",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0))
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "created_at",
                schema: "identity",
                table: "clients",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()"
            );

            migrationBuilder.AddColumn<bool>(
                name: "disabled",
                schema: "identity",
                table: "clients",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "owner",
                schema: "identity",
                table: "clients",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<int>(
                name: "rate_limit_per_minute",
                schema: "identity",
                table: "clients",
                type: "integer",
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "secrets_changed_at",
                schema: "identity",
                table: "clients",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                schema: "identity",
                table: "clients",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u
            );

            migrationBuilder.CreateTable(
                name: "client_secrets",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    beginning = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_secrets", x => x.id);
                    table.ForeignKey(
                        name: "fk_client_secrets_clients_client_id",
                        column: x => x.client_id,
                        principalSchema: "identity",
                        principalTable: "clients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_client_secrets_client_id",
                schema: "identity",
                table: "client_secrets",
                column: "client_id"
            );

            // Keys of the first days were in use from the start. Every host hears at once of a key that was made or removed.
            migrationBuilder.Sql(
                """
                UPDATE identity.server_keys SET active_from = created_at;
                CREATE FUNCTION identity.tell_keys() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_notify('pac_identity', 'keys'); RETURN NULL; END $$;
                CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON identity.server_keys FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_keys();
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER tell ON identity.server_keys;
                DROP FUNCTION identity.tell_keys();
                """
            );
            migrationBuilder.DropTable(name: "client_secrets", schema: "identity");

            migrationBuilder.DropColumn(name: "active_from", schema: "identity", table: "server_keys");

            migrationBuilder.DropColumn(name: "created_at", schema: "identity", table: "clients");

            migrationBuilder.DropColumn(name: "disabled", schema: "identity", table: "clients");

            migrationBuilder.DropColumn(name: "owner", schema: "identity", table: "clients");

            migrationBuilder.DropColumn(name: "rate_limit_per_minute", schema: "identity", table: "clients");

            migrationBuilder.DropColumn(name: "secrets_changed_at", schema: "identity", table: "clients");

            migrationBuilder.DropColumn(name: "xmin", schema: "identity", table: "clients");
        }
    }
}
