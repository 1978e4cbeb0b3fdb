-- The audit log (apps/collab-server/src/db/audit.ts): who read, took away and administered what. Append-only by trigger and by rights, like the journal.
CREATE TABLE "audit" (
	"n" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"person" integer,
	"subject" integer,
	"act" smallint NOT NULL,
	"role" smallint NOT NULL,
	"project" text,
	"case" text,
	"detail" text DEFAULT '' NOT NULL,
	"sealed" "bytea",
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_person" ON "audit" USING btree ("person","n");--> statement-breakpoint
CREATE INDEX "audit_project" ON "audit" USING btree ("project","n");--> statement-breakpoint
CREATE INDEX "audit_case" ON "audit" USING btree ("case","n");--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
REVOKE ALL ON "audit" FROM consilium_app;--> statement-breakpoint
GRANT SELECT, INSERT ON "audit" TO consilium_app;
