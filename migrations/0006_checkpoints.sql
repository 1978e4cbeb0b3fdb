-- Which key signed a checkpoint, and which key it hands over to; and a way to the newest sealed head of a document.
ALTER TABLE "checkpoint" ADD COLUMN "key" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD COLUMN "next" "bytea";--> statement-breakpoint
CREATE INDEX "checkpoint_head_doc" ON "checkpoint_head" USING btree ("doc","n");
