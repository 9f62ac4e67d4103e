using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Pac.BuildingBlocks.Persistence;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder
                .AddColumn<long>(name: "seq", schema: "dossiers", table: "audit", type: "bigint", nullable: false, defaultValue: 0L)
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn);

            migrationBuilder.CreateTable(
                name: "audit_seals",
                schema: "dossiers",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    entry_seq = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seals", x => x.number);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_client_id_id",
                schema: "dossiers",
                table: "audit",
                columns: new[] { "client_id", "id" }
            );

            migrationBuilder.CreateIndex(name: "ix_audit_seq", schema: "dossiers", table: "audit", column: "seq", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_subject_id",
                schema: "dossiers",
                table: "audit",
                columns: new[] { "subject", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_entry_seq",
                schema: "dossiers",
                table: "audit_seals",
                column: "entry_seq",
                unique: true
            );

            migrationBuilder.MakeAuditAppendOnly("dossiers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION dossiers.refuse_change() CASCADE");

            migrationBuilder.DropTable(name: "audit_seals", schema: "dossiers");

            migrationBuilder.DropIndex(name: "ix_audit_client_id_id", schema: "dossiers", table: "audit");

            migrationBuilder.DropIndex(name: "ix_audit_seq", schema: "dossiers", table: "audit");

            migrationBuilder.DropIndex(name: "ix_audit_subject_id", schema: "dossiers", table: "audit");

            migrationBuilder.DropColumn(name: "seq", schema: "dossiers", table: "audit");
        }
    }
}
