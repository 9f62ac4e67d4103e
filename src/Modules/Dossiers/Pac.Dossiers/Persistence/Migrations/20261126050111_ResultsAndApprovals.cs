using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ResultsAndApprovals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "return_authorisation", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "return_consignment", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "special_approval", schema: "dossiers", table: "dossiers");
        }
    }
}
