/**
 * In a process of its own, so that what it leaves in memory is gone with it: a data folder with the demo study, a document about it with
 * many annotations, and another with many more rows. Told over the pipe when it is there and closed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { panelOf } from '@consilium/crdt-schema/documents'
import type { Vec3 } from '@consilium/geometry/vec3'
import { entryId } from '../../../../apps/collab-server/src/journal/book.ts'
import type { CaseRecord } from '../../../../apps/collab-server/src/projects/projects.ts'
import type { Services } from '../../../../apps/collab-server/src/services.ts'
import { startTestServer } from '../../../support/server.ts'
import type { Canvas, Plan } from './people.ts'
import { type Size, sizeOf } from './size.ts'
import { type Written, write } from './write.ts'

export interface Seeded {
  readonly case: { readonly id: string; readonly key: string }
  /** About the pictures of the case. */
  readonly large: Written
  /** Of another case, without pictures. */
  readonly long: Written
  readonly size: Size
}

/** Of the demo's conversation: when they are there, so are its pictures. */
const SAID = 5
const ANNOTATION = entryId('annotations', '')

const [, , data = '', plans = ''] = process.argv
const { large, long } = JSON.parse(plans) as { large: Plan; long: Plan }
process.send?.({ ready: true })
const tell = (line: string): void => void process.stderr.write(`  ${line}\n`)

const server = await startTestServer({ data, demoStudy: true })
const { services } = server.running
const { project, study } = await demoStudy(services)
const canvas = await canvasOf(services, study.id)
const { id } = await services.projects.addCase(project)
const made = {
  case: { id: study.id, key: study.key },
  large: await write(services, study.id, large, canvas, tell),
  long: await write(services, id, long, canvas, tell),
}
const seeded: Seeded = { ...made, size: await sizeOf(services.db) }
await server.close()
process.send?.({ seeded })

async function demoStudy({ projects, journal }: Services): Promise<{ project: string; study: CaseRecord }> {
  for (;;) {
    const [project] = await projects.list()
    const [study] = await projects.casesOf(project?.id ?? '')
    const book = study && (await journal.find(panelOf(study.id)))
    const annotations = [...(book?.entries.keys() ?? [])].filter((id) => id.startsWith(ANNOTATION))
    if (project && study && annotations.length === SAID) return { project: project.id, study }
    await sleep(200)
  }
}

async function canvasOf({ studies }: Services, caseId: string): Promise<Canvas> {
  const [series] = await studies.catalogue.ofCase(caseId)
  if (!series) throw new Error('the demo study has no pictures')
  const { rows, columns, spacing, positions } = series
  const centres = positions.map(
    ([x = 0, y = 0, z = 0]): Vec3 => [x + (columns * spacing.column) / 2, y + (rows * spacing.row) / 2, z],
  )
  return { series: series.id, centres }
}
