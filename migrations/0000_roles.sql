-- The server works as `consilium_app`: it owns nothing, and may use what the owner of the tables grants.
-- The role itself is made before the migrations run (apps/collab-server/src/db/open.ts), because a role belongs to the whole cluster.
-- Ordinary tables: everything but truncate and references. Journal tables take `update` and `delete` back in their own migration.
GRANT USAGE ON SCHEMA public TO consilium_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO consilium_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO consilium_app;
