-- Files are known by their content before they are sent; pictures wait for a person; packs are their frames' own bytes one after another.
CREATE TABLE "import_files" (
	"import" text NOT NULL,
	"mark" text NOT NULL,
	"within" text,
	"status" text NOT NULL,
	"reason" text,
	CONSTRAINT "import_files_import_mark_pk" PRIMARY KEY("import","mark")
);
--> statement-breakpoint
CREATE TABLE "file_slices" (
	"project" text NOT NULL,
	"mark" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "file_slices_project_mark_key_pk" PRIMARY KEY("project","mark","key")
);
--> statement-breakpoint
-- PostgreSQL empties what is UNLOGGED when it was cut off: an import that is not in here any more may have lost rows that nobody waited for.
CREATE UNLOGGED TABLE "unbroken_imports" (
	"import" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "held_pictures" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"import" text NOT NULL,
	"person" integer NOT NULL,
	"frames" integer NOT NULL,
	"about" jsonb NOT NULL,
	"reasons" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "held_slices" (
	"held" text NOT NULL,
	"number" integer NOT NULL,
	"key" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"slice" jsonb NOT NULL,
	CONSTRAINT "held_slices_held_number_pk" PRIMARY KEY("held","number")
);
--> statement-breakpoint
CREATE TABLE "cleared_slices" (
	"project" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "cleared_slices_project_key_pk" PRIMARY KEY("project","key")
);
--> statement-breakpoint
DROP TABLE "packs";--> statement-breakpoint
-- What was staged before cannot be finished in the new way; whoever sent it sends it again.
UPDATE "imports" SET "state" = 'failed' WHERE "state" IN ('receiving', 'sorting');--> statement-breakpoint
DELETE FROM "staged_slices";--> statement-breakpoint
ALTER TABLE "staged_slices" ADD COLUMN "bytes" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "staged_slices" ADD COLUMN "suspicions" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "staged_slices" ADD COLUMN "mark" text NOT NULL;--> statement-breakpoint
ALTER TABLE "frames" ADD COLUMN "bytes" integer;--> statement-breakpoint
-- The same frame in less detail, where a series is large.
ALTER TABLE "frames" ADD COLUMN "lower_sha256" text;--> statement-breakpoint
ALTER TABLE "frames" ADD COLUMN "lower_bytes" integer;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "held" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "left_out" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_slices" ADD CONSTRAINT "file_slices_project_projects_id_fk" FOREIGN KEY ("project") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_pictures" ADD CONSTRAINT "held_pictures_project_projects_id_fk" FOREIGN KEY ("project") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_pictures" ADD CONSTRAINT "held_pictures_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_pictures" ADD CONSTRAINT "held_pictures_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_slices" ADD CONSTRAINT "held_slices_held_held_pictures_id_fk" FOREIGN KEY ("held") REFERENCES "public"."held_pictures"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cleared_slices" ADD CONSTRAINT "cleared_slices_project_projects_id_fk" FOREIGN KEY ("project") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "staged_slices_sha256" ON "staged_slices" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "frames_lower_sha256" ON "frames" USING btree ("lower_sha256");--> statement-breakpoint
CREATE INDEX "held_slices_key" ON "held_slices" USING btree ("key");--> statement-breakpoint
CREATE INDEX "held_slices_sha256" ON "held_slices" USING btree ("sha256");
