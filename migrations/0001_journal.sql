-- Tables of the journal (apps/collab-server/src/db/journal.ts), then what drizzle cannot say: storage, numbers, append-only by trigger and by rights.
CREATE TABLE "checkpoint" (
	"n" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"docs" integer NOT NULL,
	"root" "bytea" NOT NULL,
	"prev" "bytea" NOT NULL,
	"sig" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkpoint_head" (
	"n" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"doc" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "checkpoint_head_pkey" PRIMARY KEY("n","doc")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "document_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"created_at" bigint NOT NULL,
	"head_seq" bigint DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"head_hash" "bytea",
	CONSTRAINT "document_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"id" integer PRIMARY KEY NOT NULL,
	"doc" integer NOT NULL,
	"root" smallint NOT NULL,
	"key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"id" integer PRIMARY KEY NOT NULL,
	"doc" integer NOT NULL,
	"client" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"person" integer NOT NULL,
	"role" smallint NOT NULL,
	"session" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_key" (
	"person" integer PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revision" (
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"doc" integer NOT NULL,
	"lease" integer NOT NULL,
	"clock" integer NOT NULL,
	"len" integer NOT NULL,
	"act" smallint NOT NULL,
	"role" smallint NOT NULL,
	"hash" "bytea" NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "revision_pkey" PRIMARY KEY("doc","seq")
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"seq" bigint NOT NULL,
	"doc" integer NOT NULL,
	"format" smallint NOT NULL,
	"sha256" "bytea" NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "snapshot_pkey" PRIMARY KEY("doc","seq")
);
--> statement-breakpoint
CREATE TABLE "span" (
	"lease" integer NOT NULL,
	"clock" integer NOT NULL,
	"len" integer NOT NULL,
	"doc" integer NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "span_pkey" PRIMARY KEY("lease","clock")
);
--> statement-breakpoint
CREATE TABLE "touch" (
	"seq" bigint NOT NULL,
	"entry" integer NOT NULL,
	"kind" smallint NOT NULL,
	"fields" smallint NOT NULL,
	CONSTRAINT "touch_pkey" PRIMARY KEY("entry","seq") INCLUDE ("kind","fields")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "entry_doc_root_key" ON "entry" USING btree ("doc","root","key");--> statement-breakpoint
CREATE UNIQUE INDEX "lease_doc_client" ON "lease" USING btree ("doc","client");--> statement-breakpoint
CREATE UNIQUE INDEX "revision_lease_clock" ON "revision" USING btree ("lease","clock") WHERE len > 0;--> statement-breakpoint
-- Small rows are never compressed, snapshots already are (zstd): store both as they come.
ALTER TABLE "revision" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "snapshot" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;--> statement-breakpoint
-- Heads move with every commit: leave room on the page, so that the index need not follow.
ALTER TABLE "document" SET (fillfactor = 70);--> statement-breakpoint
-- Tables that only grow still need vacuum for the visibility map (touch is read by index only).
ALTER TABLE "revision" SET (autovacuum_vacuum_insert_scale_factor = 0.05);--> statement-breakpoint
ALTER TABLE "touch" SET (autovacuum_vacuum_insert_scale_factor = 0.05);--> statement-breakpoint
CREATE SEQUENCE "entry_number" AS integer;--> statement-breakpoint
CREATE SEQUENCE "lease_number" AS integer;--> statement-breakpoint
CREATE FUNCTION "journal_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the journal is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "revision" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lease" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "span" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "touch" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "entry" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "checkpoint_head" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE DELETE OR TRUNCATE ON "document" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
-- The server's role owns nothing: it may add and read, move the head of a document, drop a snapshot, and destroy a person's key.
REVOKE ALL ON "revision", "lease", "span", "touch", "entry", "checkpoint", "checkpoint_head", "snapshot", "person_key", "document" FROM consilium_app;--> statement-breakpoint
GRANT SELECT, INSERT ON "revision", "lease", "span", "touch", "entry", "checkpoint", "checkpoint_head", "snapshot", "person_key", "document" TO consilium_app;--> statement-breakpoint
GRANT UPDATE ("head_seq", "head_hash") ON "document" TO consilium_app;--> statement-breakpoint
GRANT DELETE ON "snapshot", "person_key" TO consilium_app;--> statement-breakpoint
GRANT USAGE ON SEQUENCE "entry_number", "lease_number" TO consilium_app;
