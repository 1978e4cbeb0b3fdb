/**
 * The demo study: a made chest CT, brought in through the same door as any other study, and a first conversation about it.
 * Runs after the server has begun to answer; whoever signs in meanwhile sees an empty worklist for a few seconds.
 */
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { panelOf } from '@consilium/crdt-schema/documents'
import { demoProject } from '../projects/demo.ts'
import type { Services } from '../services.ts'
import { holdConversation } from './conversation.ts'

/** Whoever opens the page as soon as it is ready is served first: making the study keeps every core busy for a while. */
const HEAD_START_MS = 3_000

/** Who brings it in: the adjudicator of the demo. */
const IMPORTER = 'vasquez'

/**
 * Does nothing where the demo is not wanted or somebody has written in its project already. A start that was cut off before the
 * conversation is made good by the next: the same pictures become the same case again, however often they come.
 */
export async function importDemo(services: Services): Promise<void> {
  const { config, log, people, studies } = services
  const project = config.demoStudy ? await demoProject(services) : null
  const importer = project && (await people.byLogin(IMPORTER))
  if (!project || !importer || (await isWrittenIn(services, project.id))) return
  await sleep(HEAD_START_MS)
  const folder = join(studies.blobs.incoming, 'phantom')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const { files } = await studies.threads.run({ job: 'phantom', folder })
    const { id } = await studies.imports.begin(project.id, importer.id)
    const outcomes = await Promise.all(
      Array.from({ length: files }, (_, n) =>
        studies.intake.receive(id, {
          name: String(n),
          body: () => createReadStream(join(folder, String(n))),
          announcedBytes: null,
        }),
      ),
    )
    const refused = outcomes.find((outcome) => outcome.status === 'refused')
    if (refused) throw new Error(`the demo study was refused: ${refused.reason}`)
    const { series } = await studies.imports.finish(id, importer.id)
    const [first] = series
    if (!first) throw new Error('the demo study brought no series')
    await holdConversation(services, first)
    log.info({ case: first.case, slices: first.slices }, 'the demo study is ready')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whether there is an annotation or a word in any case of the project. Who only looked has written nothing. */
async function isWrittenIn(
  { journal, projects }: Pick<Services, 'journal' | 'projects'>,
  projectId: string,
): Promise<boolean> {
  for (const { id } of await projects.casesOf(projectId)) {
    const book = await journal.find(panelOf(id))
    if (book && book.entries.size > 0) return true
  }
  return false
}
