/** For tests only: the table of test files in docs/formats.md, between its two marks. */

export interface Row {
  readonly file: string
  readonly category: string
  readonly outcome: string
  readonly how: string
}

const BEGIN = '<!-- files: written by packages/imaging/src/manifest.test.ts with FORMATS=write -->'
const END = '<!-- end of files -->'

/** The document with the table as it should be. Files of one folder with one outcome share a line. */
export function formatsTable(document: string, rows: readonly Row[]): string {
  const [before, rest = ''] = document.split(BEGIN)
  const after = rest.split(END)[1] ?? '\n'
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.category, row.outcome, row.how]))
  const lines = [...groups.values()].map((group) => {
    const { category, outcome, how } = group[0] as Row
    const files = group.map(({ file }) => `\`${file.replace(new RegExp(`^${category}/`), '')}\``).join(' ')
    return `| ${category} | ${files} | ${outcome} | ${how} |`
  })
  const table = ['| Folder | Files | Outcome | How it was checked |', '|---|---|---|---|', ...lines].join(
    '\n',
  )
  return `${before}${BEGIN}\n${table}\n${END}${after}`
}
