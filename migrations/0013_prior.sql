ALTER TABLE "cases" ADD COLUMN "prior" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "prior_days" integer;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_prior_cases_id_fk" FOREIGN KEY ("prior") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;