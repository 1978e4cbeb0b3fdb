-- Names, phases, roles and restores among a million edits; and the rows of one person that add nothing to the document.
CREATE INDEX "revision_milestone" ON "revision" USING btree ("doc","seq") WHERE act not in (1, 2);--> statement-breakpoint
CREATE INDEX "revision_lease_seq" ON "revision" USING btree ("lease","seq") WHERE len = 0;
