-- The journal in less room: what is aligned to eight bytes first, numbers of revisions in four (a document with two thousand million of them
-- is none that could be opened), what has no fixed length last. The hashes are made of the numbers, not of how they lie: they stay.
ALTER TABLE "revision" RENAME TO "revision_before";--> statement-breakpoint
CREATE TABLE "revision" (
	"at" bigint NOT NULL,
	"said" bigint DEFAULT 0 NOT NULL,
	"seq" integer NOT NULL,
	"doc" integer NOT NULL,
	"lease" integer NOT NULL,
	"clock" integer NOT NULL,
	"len" integer NOT NULL,
	"act" smallint NOT NULL,
	"role" smallint NOT NULL,
	"hash" "bytea" NOT NULL,
	"bytes_hash" "bytea" DEFAULT '' NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "revision" ALTER COLUMN "bytes" SET STORAGE EXTERNAL, ALTER COLUMN "bytes" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "revision" SET (autovacuum_vacuum_insert_scale_factor = 0.05);--> statement-breakpoint
-- In the order in which they lie: what was written last is looked for at the end. A scan may begin elsewhere where another is under way.
SET LOCAL synchronize_seqscans = off;--> statement-breakpoint
INSERT INTO "revision" ("at", "said", "seq", "doc", "lease", "clock", "len", "act", "role", "hash", "bytes_hash", "bytes")
	SELECT "at", "said", "seq", "doc", "lease", "clock", "len", "act", "role", "hash", "bytes_hash", "bytes" FROM "revision_before";--> statement-breakpoint
DROP TABLE "revision_before";--> statement-breakpoint
ALTER TABLE "revision" ADD CONSTRAINT "revision_pkey" PRIMARY KEY("doc","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "revision_lease_clock" ON "revision" USING btree ("lease","clock") WHERE len > 0;--> statement-breakpoint
CREATE INDEX "revision_milestone" ON "revision" USING btree ("doc","seq") WHERE act not in (1, 2);--> statement-breakpoint
CREATE INDEX "revision_lease_seq" ON "revision" USING btree ("lease","seq") WHERE len = 0;--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "revision" FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();--> statement-breakpoint
REVOKE ALL ON "revision" FROM consilium_app;--> statement-breakpoint
GRANT SELECT, INSERT ON "revision" TO consilium_app;--> statement-breakpoint
-- Until somebody else does, the planner knows nothing of a new table.
ANALYZE "revision";
