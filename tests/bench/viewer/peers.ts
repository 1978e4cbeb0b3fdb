/** The peers' pages: Cornerstone3D in both modes, niivue, dwv. */
import { join } from 'node:path'
import { answerOf, ended, startScript } from '../collab/target.ts'
import { buildPages, install } from './installed.ts'
import type { Target } from './target.ts'

export interface Peers {
  readonly port: number
  /** By default from this address; through another one where the way there is slowed. */
  targets(url?: string): Record<'cornerstone' | 'cornerstoneCpu' | 'niivue' | 'dwv', Target>
  close(): Promise<void>
}

/** `pictures`: the folder with all series; `pages`: one to build into. */
export async function servePeers(pictures: string, pages: string): Promise<Peers> {
  install()
  await buildPages(pages)
  const child = await startScript(join(import.meta.dirname, 'serve.ts'), {}, [pages, pictures])
  const port = await answerOf<number>(child, 'port', 'port')
  return {
    port,
    targets: (url = `http://127.0.0.1:${port}`) => ({
      cornerstone: target(url, 'Cornerstone3D', 'cornerstone'),
      cornerstoneCpu: target(url, 'Cornerstone3D, CPU mode', 'cornerstone', 'cpu'),
      niivue: target(url, 'niivue', 'niivue'),
      dwv: target(url, 'dwv', 'dwv'),
    }),
    close: () => ended(child, 'SIGTERM'),
  }
}

const target = (url: string, name: string, page: string, mode = 'default'): Target => ({
  name,
  canvases: '[id^=place] canvas',
  prepare: async () => undefined,
  address: ({ slices, places }) =>
    `${url}/${page}.html#${encodeURIComponent(JSON.stringify({ slices, places, mode, series: `/pictures/${slices}` }))}`,
  takeWindow: async () => undefined,
})
