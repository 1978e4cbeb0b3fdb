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
