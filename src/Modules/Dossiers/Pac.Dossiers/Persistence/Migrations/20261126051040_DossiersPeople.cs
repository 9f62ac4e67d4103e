using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class DossiersPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "told_due_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
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
            migrationBuilder.DropTable(name: "dossier_people", schema: "dossiers");

            migrationBuilder.DropColumn(name: "told_due_at", schema: "dossiers", table: "dossiers");
        }
    }
}
