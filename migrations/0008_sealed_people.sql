-- Who somebody is moves under their own key, so that it goes with the key. SQL cannot seal: what stood in clear waits in a table of its own,
-- from which the server takes it at its start, before anybody is let in (apps/collab-server/src/people/inClear.ts).
CREATE TABLE "in_clear" AS
	SELECT 'person' AS "what", "handle", "id" AS "person",
		json_build_object('login', "login", 'name', "name", 'initials', "initials", 'credential', "credential")::text AS "words" FROM "people"
	UNION ALL SELECT 'session', "handle", "person", "agent" FROM "sessions"
	UNION ALL SELECT 'token', "handle", "person", "title" FROM "tokens";
--> statement-breakpoint
CREATE TABLE "erasing" (
	"person" integer PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "people" DROP COLUMN "login", DROP COLUMN "name", DROP COLUMN "initials", DROP COLUMN "credential";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "login_mac" "bytea", ADD COLUMN "sealed" "bytea", ADD COLUMN "erased_at" bigint;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_login_mac_unique" UNIQUE("login_mac");--> statement-breakpoint
ALTER TABLE "sessions" DROP COLUMN "agent";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "agent" "bytea";--> statement-breakpoint
ALTER TABLE "tokens" DROP COLUMN "title";--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "title" "bytea";--> statement-breakpoint
-- The planner keeps samples of columns in a table of its own. Of these it keeps none; to set the type again takes away what it has.
ALTER TABLE "person_key" ALTER COLUMN "wrapped" SET DATA TYPE "bytea", ALTER COLUMN "wrapped" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "password_hash" SET DATA TYPE text, ALTER COLUMN "password_hash" SET STATISTICS 0, ALTER COLUMN "login_mac" SET STATISTICS 0, ALTER COLUMN "sealed" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "agent" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "tokens" ALTER COLUMN "title" SET STATISTICS 0;
