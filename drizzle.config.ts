/** `npm run migrations -- --name <subject>` writes the next SQL file from the table files. Released files are never edited. */
import { existsSync } from 'node:fs'
import { defineConfig } from 'drizzle-kit'

const tables = ['people', 'projects', 'studies', 'journal', 'audit'].map(
  (subject) => `apps/collab-server/src/db/${subject}.ts`,
)

export default defineConfig({
  dialect: 'postgresql',
  schema: tables.filter((file) => existsSync(file)),
  out: 'migrations',
})
