/** `npm run bench <name>`: each benchmark prints a table and writes its figures as JSON to bench-results/. */
import { readdirSync } from 'node:fs'

const names = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
const name = process.argv[2]

if (!name || !names.includes(name)) {
  console.error(`usage: npm run bench <${names.join(' | ')}>`)
  process.exit(2)
}
await import(`./${name}/bench.ts`)
