using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Documents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "contents",
                schema: "dossiers",
                columns: table => new
                {
                    sha256 = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    released_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contents", x => x.sha256);
                }
            );

            migrationBuilder.CreateTable(
                name: "files",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    component_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    pages = table.Column<int>(type: "integer", nullable: true),
                    origin = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reused_from_dossier = table.Column<Guid>(type: "uuid", nullable: true),
                    reused_from = table.Column<Guid>(type: "uuid", nullable: true),
                    authorisation = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    shared_store = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    shared_reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    replaced_result_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    signature = table.Column<string>(type: "jsonb", nullable: true),
                    virus_check = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    added_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    removal_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_files", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "uploads",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: true),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    finding = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    touched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uploads", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "upload_pieces",
                schema: "dossiers",
                columns: table => new
                {
                    upload_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<long>(type: "bigint", nullable: false),
                    length = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload_pieces", x => new { x.upload_id, x.start });
                    table.ForeignKey(
                        name: "fk_upload_pieces_uploads_upload_id",
                        column: x => x.upload_id,
                        principalSchema: "dossiers",
                        principalTable: "uploads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_contents_released_at",
                schema: "dossiers",
                table: "contents",
                column: "released_at",
                filter: "released_at IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_files_dossier_id_id",
                schema: "dossiers",
                table: "files",
                columns: new[] { "dossier_id", "id" },
                filter: "removed_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_files_sha256",
                schema: "dossiers",
                table: "files",
                column: "sha256",
                filter: "removed_at IS NULL"
            );

            migrationBuilder.CreateIndex(name: "ix_uploads_touched_at", schema: "dossiers", table: "uploads", column: "touched_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "contents", schema: "dossiers");

            migrationBuilder.DropTable(name: "files", schema: "dossiers");

            migrationBuilder.DropTable(name: "upload_pieces", schema: "dossiers");

            migrationBuilder.DropTable(name: "uploads", schema: "dossiers");
        }
    }
}
