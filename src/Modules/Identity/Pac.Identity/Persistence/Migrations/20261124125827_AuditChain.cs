using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Pac.BuildingBlocks.Persistence;

#nullable disable

namespace Pac.Identity.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(name: "fk_client_grants_roles_role_id", schema: "identity", table: "client_grants");

            migrationBuilder.DropForeignKey(name: "fk_user_roles_roles_role_id", schema: "identity", table: "user_roles");

            migrationBuilder.DropTable(name: "role_claims", schema: "identity");

            migrationBuilder.DropPrimaryKey(name: "pk_user_roles", schema: "identity", table: "user_roles");

            migrationBuilder.DropIndex(name: "RoleNameIndex", schema: "identity", table: "roles");

            migrationBuilder.DropColumn(name: "concurrency_stamp", schema: "identity", table: "roles");

            migrationBuilder.DropColumn(name: "normalized_name", schema: "identity", table: "roles");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "created_at",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()"
            );

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                schema: "identity",
                table: "users",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u
            );

            migrationBuilder.AddColumn<Guid>(
                name: "id",
                schema: "identity",
                table: "user_roles",
                type: "uuid",
                nullable: false,
                defaultValueSql: "gen_random_uuid()"
            );

            migrationBuilder.AddColumn<DateOnly>(name: "starts_on", schema: "identity", table: "user_roles", type: "date", nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "name",
                schema: "identity",
                table: "roles",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "character varying(256)",
                oldMaxLength: 256,
                oldNullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "changed_at",
                schema: "identity",
                table: "roles",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()"
            );

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                schema: "identity",
                table: "roles",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u
            );

            migrationBuilder.AddPrimaryKey(name: "pk_user_roles", schema: "identity", table: "user_roles", column: "id");

            migrationBuilder.CreateTable(
                name: "audit",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    act = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    kind = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    thing = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    client_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    trace_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    changes = table.Column<string>(type: "jsonb", nullable: true),
                    seq = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "audit_seals",
                schema: "identity",
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

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "identity",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    handler = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.event_id, x.handler });
                }
            );

            migrationBuilder.CreateTable(
                name: "jobs",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: true),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    checkpoint = table.Column<string>(type: "jsonb", nullable: true),
                    result = table.Column<string>(type: "jsonb", nullable: true),
                    error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scope = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "kept_answers",
                schema: "identity",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    owner = table.Column<string>(type: "character varying(210)", maxLength: 210, nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    answer = table.Column<string>(type: "jsonb", nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_answers", x => new { x.key, x.owner });
                }
            );

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    processed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trace_parent = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                }
            );

            migrationBuilder.CreateIndex(name: "ix_user_roles_user_id", schema: "identity", table: "user_roles", column: "user_id");

            migrationBuilder.CreateIndex(name: "ix_roles_name", schema: "identity", table: "roles", column: "name", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_client_id_id",
                schema: "identity",
                table: "audit",
                columns: new[] { "client_id", "id" }
            );

            migrationBuilder.CreateIndex(name: "ix_audit_seq", schema: "identity", table: "audit", column: "seq", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_subject_id",
                schema: "identity",
                table: "audit",
                columns: new[] { "subject", "id" }
            );

            migrationBuilder.CreateIndex(name: "ix_audit_thing_id", schema: "identity", table: "audit", columns: new[] { "thing", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_entry_seq",
                schema: "identity",
                table: "audit_seals",
                column: "entry_seq",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_jobs_waiting",
                schema: "identity",
                table: "jobs",
                column: "created_at",
                filter: "state IN ('Queued', 'Running')"
            );

            migrationBuilder.CreateIndex(name: "ix_kept_answers_kept_at", schema: "identity", table: "kept_answers", column: "kept_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_waiting",
                schema: "identity",
                table: "outbox",
                column: "next_attempt_at",
                filter: "processed_at IS NULL AND parked_at IS NULL"
            );

            migrationBuilder.AddForeignKey(
                name: "fk_client_grants_roles_role_id",
                schema: "identity",
                table: "client_grants",
                column: "role_id",
                principalSchema: "identity",
                principalTable: "roles",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict
            );

            migrationBuilder.AddForeignKey(
                name: "fk_user_roles_roles_role_id",
                schema: "identity",
                table: "user_roles",
                column: "role_id",
                principalSchema: "identity",
                principalTable: "roles",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict
            );

            migrationBuilder.MakeAuditAppendOnly("identity");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION identity.refuse_change() CASCADE");

            migrationBuilder.DropForeignKey(name: "fk_client_grants_roles_role_id", schema: "identity", table: "client_grants");

            migrationBuilder.DropForeignKey(name: "fk_user_roles_roles_role_id", schema: "identity", table: "user_roles");

            migrationBuilder.DropTable(name: "audit", schema: "identity");

            migrationBuilder.DropTable(name: "audit_seals", schema: "identity");

            migrationBuilder.DropTable(name: "inbox", schema: "identity");

            migrationBuilder.DropTable(name: "jobs", schema: "identity");

            migrationBuilder.DropTable(name: "kept_answers", schema: "identity");

            migrationBuilder.DropTable(name: "outbox", schema: "identity");

            migrationBuilder.DropPrimaryKey(name: "pk_user_roles", schema: "identity", table: "user_roles");

            migrationBuilder.DropIndex(name: "ix_user_roles_user_id", schema: "identity", table: "user_roles");

            migrationBuilder.DropIndex(name: "ix_roles_name", schema: "identity", table: "roles");

            migrationBuilder.DropColumn(name: "created_at", schema: "identity", table: "users");

            migrationBuilder.DropColumn(name: "xmin", schema: "identity", table: "users");

            migrationBuilder.DropColumn(name: "id", schema: "identity", table: "user_roles");

            migrationBuilder.DropColumn(name: "starts_on", schema: "identity", table: "user_roles");

            migrationBuilder.DropColumn(name: "changed_at", schema: "identity", table: "roles");

            migrationBuilder.DropColumn(name: "xmin", schema: "identity", table: "roles");

            migrationBuilder.AlterColumn<string>(
                name: "name",
                schema: "identity",
                table: "roles",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(100)",
                oldMaxLength: 100
            );

            migrationBuilder.AddColumn<string>(name: "concurrency_stamp", schema: "identity", table: "roles", type: "text", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "normalized_name",
                schema: "identity",
                table: "roles",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true
            );

            migrationBuilder.AddPrimaryKey(
                name: "pk_user_roles",
                schema: "identity",
                table: "user_roles",
                columns: new[] { "user_id", "role_id" }
            );

            migrationBuilder.CreateTable(
                name: "role_claims",
                schema: "identity",
                columns: table => new
                {
                    id = table
                        .Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true),
                    role_id = table.Column<Guid>(type: "uuid", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_role_claims_roles_role_id",
                        column: x => x.role_id,
                        principalSchema: "identity",
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                schema: "identity",
                table: "roles",
                column: "normalized_name",
                unique: true
            );

            migrationBuilder.CreateIndex(name: "ix_role_claims_role_id", schema: "identity", table: "role_claims", column: "role_id");

            migrationBuilder.AddForeignKey(
                name: "fk_client_grants_roles_role_id",
                schema: "identity",
                table: "client_grants",
                column: "role_id",
                principalSchema: "identity",
                principalTable: "roles",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade
            );

            migrationBuilder.AddForeignKey(
                name: "fk_user_roles_roles_role_id",
                schema: "identity",
                table: "user_roles",
                column: "role_id",
                principalSchema: "identity",
                principalTable: "roles",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade
            );
        }
    }
}
