-- Words can be taken out of rows of the journal: by one function, and only where a later row of the same document says so and what is left.
-- Empty where nothing was.
ALTER TABLE "revision" ADD COLUMN "bytes_hash" "bytea" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE TABLE "purge_due" (
	"seq" bigint NOT NULL,
	"doc" integer NOT NULL,
	CONSTRAINT "purge_due_pkey" PRIMARY KEY("doc","seq")
);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "journal_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- Set by take_words_out() for its own statement. It lets in nobody who has no right to update, which is everybody but the owner.
	IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'revision' AND current_setting('consilium.taking_words_out', true) = 'on' THEN
		RETURN NULL;
	END IF;
	RAISE EXCEPTION 'the journal is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
-- What is left of row `of_seq` goes in the place of its bytes. Row `by_seq` of the same document, act 7, must name it with the hash of that
-- (journal/rows.ts). The hash of what the bytes were before anything was ever taken out is kept by itself: whoever asks cannot choose it.
CREATE FUNCTION "take_words_out"("of_doc" integer, "by_seq" bigint, "of_seq" bigint, "left_bytes" bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
	IF of_seq >= by_seq OR NOT EXISTS (
		SELECT FROM public.revision WHERE doc = of_doc AND seq = by_seq AND act = 7
			AND position(int8send(of_seq) || sha256(left_bytes) IN bytes) > 0
	) THEN
		RAISE EXCEPTION 'no revision says that words were taken out of revision %', of_seq USING ERRCODE = 'insufficient_privilege';
	END IF;
	PERFORM set_config('consilium.taking_words_out', 'on', true);
	UPDATE public.revision SET bytes_hash = CASE bytes_hash WHEN '' THEN sha256(bytes) ELSE bytes_hash END, bytes = left_bytes
		WHERE doc = of_doc AND seq = of_seq AND bytes <> left_bytes;
	PERFORM set_config('consilium.taking_words_out', 'off', true);
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION "take_words_out"(integer, bigint, bigint, bytea) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "take_words_out"(integer, bigint, bigint, bytea) TO consilium_app;--> statement-breakpoint
-- The planner keeps samples of columns in a table of its own. Of these it keeps none; to set the type again takes away what it has.
ALTER TABLE "revision" ALTER COLUMN "bytes" SET DATA TYPE "bytea", ALTER COLUMN "bytes" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "snapshot" ALTER COLUMN "bytes" SET DATA TYPE "bytea", ALTER COLUMN "bytes" SET STATISTICS 0;
