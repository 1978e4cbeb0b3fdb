-- What rows touched, found by their numbers: a long document was gone through entry by entry for each page of its history.
CREATE INDEX "touch_seq" ON "touch" USING btree ("seq");