using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Fees : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "group_evidence",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "refunds",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb"
            );

            migrationBuilder.AddColumn<string>(
                name: "reliefs",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb"
            );

            migrationBuilder.CreateTable(
                name: "fee_receipts",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<Guid>(type: "uuid", nullable: true),
                    form_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    series = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    till_id = table.Column<Guid>(type: "uuid", nullable: true),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    payment_number = table.Column<int>(type: "integer", nullable: false),
                    amount_dong = table.Column<long>(type: "bigint", nullable: false),
                    lines = table.Column<string>(type: "jsonb", nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    voided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    voided_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    void_reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fee_receipts", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "money_entries",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    move = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_number = table.Column<int>(type: "integer", nullable: true),
                    line_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    dong = table.Column<long>(type: "bigint", nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    till_id = table.Column<Guid>(type: "uuid", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_money_entries", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "online_payments",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    numbers = table.Column<string>(type: "jsonb", nullable: false),
                    amount_dong = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    started_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    pay_at = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    qr_payload = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    ask_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    transactions = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_online_payments", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "receipt_series",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    form_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    series = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    first_number = table.Column<int>(type: "integer", nullable: false),
                    last_number = table.Column<int>(type: "integer", nullable: false),
                    given = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_series", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "refund_numbers",
                schema: "dossiers",
                columns: table => new
                {
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refund_numbers", x => new { x.centre_code, x.year });
                }
            );

            migrationBuilder.CreateTable(
                name: "sandbox_orders",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    amount_dong = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    paid_dong = table.Column<long>(type: "bigint", nullable: false),
                    transaction_id = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    notice_address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    refunds = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sandbox_orders", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "tills",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opening_dong = table.Column<long>(type: "bigint", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    totals = table.Column<string>(type: "jsonb", nullable: true),
                    count = table.Column<string>(type: "jsonb", nullable: true),
                    confirmed_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tills", x => x.id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_agency_code_id",
                schema: "dossiers",
                table: "fee_receipts",
                columns: new[] { "agency_code", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_centre_code_id",
                schema: "dossiers",
                table: "fee_receipts",
                columns: new[] { "centre_code", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_dossier_id",
                schema: "dossiers",
                table: "fee_receipts",
                column: "dossier_id"
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_series_id_number",
                schema: "dossiers",
                table: "fee_receipts",
                columns: new[] { "series_id", "number" },
                unique: true,
                filter: "series_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_till_id",
                schema: "dossiers",
                table: "fee_receipts",
                column: "till_id",
                filter: "till_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_money_entries_agency_code_day",
                schema: "dossiers",
                table: "money_entries",
                columns: new[] { "agency_code", "day" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_money_entries_centre_code_day",
                schema: "dossiers",
                table: "money_entries",
                columns: new[] { "centre_code", "day" }
            );

            migrationBuilder.CreateIndex(name: "ix_money_entries_day", schema: "dossiers", table: "money_entries", column: "day");

            migrationBuilder.CreateIndex(
                name: "ix_money_entries_till_id",
                schema: "dossiers",
                table: "money_entries",
                column: "till_id",
                filter: "till_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_ask_at",
                schema: "dossiers",
                table: "online_payments",
                column: "ask_at",
                filter: "ask_at IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_code",
                schema: "dossiers",
                table: "online_payments",
                column: "code",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_dossier_id",
                schema: "dossiers",
                table: "online_payments",
                column: "dossier_id"
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_state_id",
                schema: "dossiers",
                table: "online_payments",
                columns: new[] { "state", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_receipt_series_centre_code_kind",
                schema: "dossiers",
                table: "receipt_series",
                columns: new[] { "centre_code", "kind" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_receipt_series_form_code_series",
                schema: "dossiers",
                table: "receipt_series",
                columns: new[] { "form_code", "series" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_tills_cashier_id",
                schema: "dossiers",
                table: "tills",
                columns: new[] { "cashier", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_tills_centre_code_day",
                schema: "dossiers",
                table: "tills",
                columns: new[] { "centre_code", "day" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_tills_open",
                schema: "dossiers",
                table: "tills",
                columns: new[] { "centre_code", "cashier", "day" },
                unique: true,
                filter: "closed_at IS NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "fee_receipts", schema: "dossiers");

            migrationBuilder.DropTable(name: "money_entries", schema: "dossiers");

            migrationBuilder.DropTable(name: "online_payments", schema: "dossiers");

            migrationBuilder.DropTable(name: "receipt_series", schema: "dossiers");

            migrationBuilder.DropTable(name: "refund_numbers", schema: "dossiers");

            migrationBuilder.DropTable(name: "sandbox_orders", schema: "dossiers");

            migrationBuilder.DropTable(name: "tills", schema: "dossiers");

            migrationBuilder.DropColumn(name: "group_evidence", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "refunds", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "reliefs", schema: "dossiers", table: "dossiers");
        }
    }
}
