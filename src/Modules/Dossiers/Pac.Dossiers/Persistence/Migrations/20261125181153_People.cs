using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "applicant_identity_index",
                schema: "dossiers",
                table: "dossiers",
                type: "bytea",
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "applicant_identity_sealed",
                schema: "dossiers",
                table: "dossiers",
                type: "bytea",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "applicant_search",
                schema: "dossiers",
                table: "dossiers",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "duplicate_verdicts",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(name: "parties", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.CreateTable(
                name: "index_keys",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_index_keys", x => x.id);
                }
            );
            migrationBuilder.IndexPeople();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPeopleIndexes();

            migrationBuilder.DropTable(name: "index_keys", schema: "dossiers");

            migrationBuilder.DropColumn(name: "applicant_identity_index", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "applicant_identity_sealed", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "applicant_search", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "duplicate_verdicts", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "parties", schema: "dossiers", table: "dossiers");
        }
    }
}
