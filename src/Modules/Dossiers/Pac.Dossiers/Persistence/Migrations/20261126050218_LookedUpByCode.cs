using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LookedUpByCode : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_online_payments_dossier_code",
                schema: "dossiers",
                table: "online_payments",
                column: "dossier_code"
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_dossier_code",
                schema: "dossiers",
                table: "fee_receipts",
                column: "dossier_code"
            );

            migrationBuilder.CreateIndex(name: "ix_fee_receipts_number", schema: "dossiers", table: "fee_receipts", column: "number");

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_dossier_code",
                schema: "dossiers",
                table: "exchange_messages",
                column: "dossier_code",
                filter: "dossier_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_consultations_dossier_code",
                schema: "dossiers",
                table: "consultations",
                column: "dossier_code"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_online_payments_dossier_code", schema: "dossiers", table: "online_payments");

            migrationBuilder.DropIndex(name: "ix_fee_receipts_dossier_code", schema: "dossiers", table: "fee_receipts");

            migrationBuilder.DropIndex(name: "ix_fee_receipts_number", schema: "dossiers", table: "fee_receipts");

            migrationBuilder.DropIndex(name: "ix_exchange_messages_dossier_code", schema: "dossiers", table: "exchange_messages");

            migrationBuilder.DropIndex(name: "ix_consultations_dossier_code", schema: "dossiers", table: "consultations");
        }
    }
}
