using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ListsByAgency : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_dossiers_centre_code_agency_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "agency_code", "received_at", "id" },
                descending: new[] { false, false, true, true }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_dossiers_centre_code_agency_code_received_at_id", schema: "dossiers", table: "dossiers");
        }
    }
}
