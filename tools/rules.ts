/**
 * Holds docs/rules.md against the tests: every rule is proved by a test whose title begins with its number, and no test names
 * a rule that does not exist. Exit 1 with a list where they differ.
 */
import { globSync, readFileSync } from 'node:fs'

const RULE = /^- \*\*([A-Z]\d+)\*\* \S/gm
/** Of `test('…`, of `test.each(CASES)('…`, and of a list of cases that ends on a line of its own. */
const CITED =
  /(?:(?:it|test|describe)(?:\.[a-zA-Z]+(?:\([^)]*\))?)*|^\s*\]\))\(\s*['"`]((?:\[[A-Z]\d+\] ?)+)/gm

const rules = [...readFileSync('docs/rules.md', 'utf8').matchAll(RULE)].map((m) => m[1] as string)
const repeated = rules.filter((rule, i) => rules.indexOf(rule) !== i)

const cited = new Map<string, string>()
for (const file of globSync(['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'tests/**/*.{test,spec}.ts'])) {
  for (const match of readFileSync(file, 'utf8').matchAll(CITED)) {
    for (const rule of (match[1] as string).matchAll(/\[([A-Z]\d+)\]/g)) cited.set(rule[1] as string, file)
  }
}

const faults = [
  ...repeated.map((rule) => `${rule} is there twice in docs/rules.md`),
  ...rules
    .filter((rule) => !cited.has(rule))
    .map((rule) => `${rule} has no test whose title begins with [${rule}]`),
  ...[...cited]
    .filter(([rule]) => !rules.includes(rule))
    .map(([rule, file]) => `${file} names ${rule}, which docs/rules.md does not have`),
]
for (const fault of faults) console.error(fault)
if (faults.length === 0) console.log(`${rules.length} rules, each with a test`)
process.exitCode = faults.length === 0 ? 0 : 1
