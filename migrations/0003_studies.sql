CREATE TABLE "frames" (
	"series" text NOT NULL,
	"number" integer NOT NULL,
	"key" text NOT NULL,
	"sha256" text NOT NULL,
	"slice" jsonb NOT NULL,
	CONSTRAINT "frames_series_number_pk" PRIMARY KEY("series","number")
);
--> statement-breakpoint
CREATE TABLE "import_series" (
	"import" text NOT NULL,
	"series" text NOT NULL,
	CONSTRAINT "import_series_import_series_pk" PRIMARY KEY("import","series")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"person" integer NOT NULL,
	"state" text NOT NULL,
	"stored" integer DEFAULT 0 NOT NULL,
	"already_here" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"touched_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "packs" (
	"series" text NOT NULL,
	"number" integer NOT NULL,
	"first" integer NOT NULL,
	"count" integer NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "packs_series_number_pk" PRIMARY KEY("series","number")
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" text PRIMARY KEY NOT NULL,
	"case" text NOT NULL,
	"fingerprint" text NOT NULL,
	"uid" text,
	"modality" text NOT NULL,
	"body_part" text NOT NULL,
	"slices" integer NOT NULL,
	"slice_spacing" double precision,
	"about" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "series_fingerprint" UNIQUE("case","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "staged_slices" (
	"import" text NOT NULL,
	"key" text NOT NULL,
	"sha256" text NOT NULL,
	"slice" jsonb NOT NULL,
	"report" jsonb NOT NULL,
	CONSTRAINT "staged_slices_import_key_pk" PRIMARY KEY("import","key")
);
--> statement-breakpoint
CREATE TABLE "studies" (
	"case" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "studies_key" UNIQUE("project","key")
);
--> statement-breakpoint
ALTER TABLE "frames" ADD CONSTRAINT "frames_series_series_id_fk" FOREIGN KEY ("series") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_series" ADD CONSTRAINT "import_series_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_series" ADD CONSTRAINT "import_series_series_series_id_fk" FOREIGN KEY ("series") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_project_projects_id_fk" FOREIGN KEY ("project") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packs" ADD CONSTRAINT "packs_series_series_id_fk" FOREIGN KEY ("series") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_case_cases_id_fk" FOREIGN KEY ("case") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staged_slices" ADD CONSTRAINT "staged_slices_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studies" ADD CONSTRAINT "studies_case_cases_id_fk" FOREIGN KEY ("case") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studies" ADD CONSTRAINT "studies_project_projects_id_fk" FOREIGN KEY ("project") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "frames_key" ON "frames" USING btree ("key");--> statement-breakpoint
CREATE INDEX "frames_sha256" ON "frames" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "packs_sha256" ON "packs" USING btree ("sha256");