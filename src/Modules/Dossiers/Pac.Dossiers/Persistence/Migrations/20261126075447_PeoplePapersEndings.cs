using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PeoplePapersEndings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "copies",
                schema: "dossiers",
                table: "dossiers",
                type: "integer",
                nullable: false,
                defaultValue: 1
            );

            migrationBuilder.AddColumn<string>(
                name: "return_authorisation",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "return_consignment",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "special_approval",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "told_due_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "dossier_exports",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scope = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    filter = table.Column<string>(type: "jsonb", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    counted = table.Column<long>(type: "bigint", nullable: false),
                    file = table.Column<string>(type: "jsonb", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_exports", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "dossier_people",
                schema: "dossiers",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    identity_index = table.Column<byte[]>(type: "bytea", nullable: true),
                    search = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_people", x => new { x.dossier_id, x.part });
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossier_exports_requested_by_id",
                schema: "dossiers",
                table: "dossier_exports",
                columns: new[] { "requested_by", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossier_people_identity_index",
                schema: "dossiers",
                table: "dossier_people",
                column: "identity_index",
                filter: "identity_index IS NOT NULL"
            );

            migrationBuilder.IndexPartyNames();
            migrationBuilder.FillDossierPeople();
            migrationBuilder.FillToldDueTimes();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "dossier_exports", schema: "dossiers");

            migrationBuilder.DropTable(name: "dossier_people", schema: "dossiers");

            migrationBuilder.DropColumn(name: "copies", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "return_authorisation", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "return_consignment", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "special_approval", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "told_due_at", schema: "dossiers", table: "dossiers");
        }
    }
}
