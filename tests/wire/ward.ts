/** What the tests on the wire share: the demo's people signed in on a real server, a new document for each scene, and a shape to draw. */
import { type Client, startTestServer, type TestServer } from '../support/server.ts'

export const box = {
  kind: 'polygon',
  label: 'solid-nodule',
  source: { series: 'series0000000001', frame: 1, normal: [0, 0, 1] },
  points: [
    [0, 0, 0],
    [40, 0, 0],
    [0, 40, 0],
  ],
} as const

export interface Ward {
  readonly server: TestServer
  readonly okafor: Client
  readonly lindqvist: Client
  readonly vasquez: Client
  readonly solberg: Client
  readonly projectId: string
  newDocument(): Promise<{ name: string; caseId: string }>
}

/** Until what this gives is called, no row of this document can be committed. */
export async function holdJournal({ running }: TestServer, document: string): Promise<() => Promise<void>> {
  let held: () => void = () => undefined
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const isHeld = new Promise<void>((resolve) => {
    held = resolve
  })
  const holding = running.services.db.sql.begin(async (sql) => {
    await sql`select 1 from document where name = ${document} for update`
    held()
    await released
  })
  await isHeld
  return async () => {
    release()
    await holding
  }
}

export async function openWard(env: Record<string, string> = {}): Promise<Ward> {
  const server = await startTestServer({ demo: true, env })
  const { projects } = server.running.services
  const projectId = (await projects.list())[0]?.id ?? ''
  return {
    server,
    okafor: await server.signIn('okafor'),
    lindqvist: await server.signIn('lindqvist'),
    vasquez: await server.signIn('vasquez'),
    solberg: await server.signIn('solberg'),
    projectId,
    newDocument: async () => {
      const { id } = await projects.addCase(projectId)
      return { name: `panel:${id}`, caseId: id }
    },
  }
}
