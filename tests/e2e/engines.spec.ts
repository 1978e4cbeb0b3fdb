/** What painting comes to in a browser is what it comes to in Node, to every byte that is written, every voxel, and whose it is. */
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { build, type Rolldown } from 'vite'
import { hashOfActs } from '../../packages/crdt-schema/src/kinds/mask/bytes/testing/hashOfActs.ts'
import { type Played, session } from '../masks/fuzz.ts'
import type * as InBrowser from '../masks/inBrowser.ts'

/** Of the sessions that `npm run fuzz` plays. */
const SESSIONS = 60
const ACTS = 500

declare const painting: typeof InBrowser

test('[M9] [M48] random sessions of painting look the same in a browser as by their definition in Node', async ({
  page,
}) => {
  const played = Array.from({ length: SESSIONS }, (_, seed) => session(seed))
  expect(played.reduce((sum, { acts }) => sum + acts, 0)).toBeGreaterThan(12 * SESSIONS)
  expect(played.reduce((sum, { archives }) => sum + archives, 0)).toBeGreaterThan(SESSIONS / 4)
  await page.goto('about:blank')
  await page.addScriptTag({ content: await bundled() })
  expect(await page.evaluate((count) => painting.hashOfActs(1, count), ACTS)).toBe(hashOfActs(1, ACTS))
  const seen = await page.evaluate(
    (sessions) =>
      sessions.map(({ grid, segments, rows, files }) =>
        painting.replay({
          grid,
          segments,
          rows: rows.map((row) => Uint8Array.from(row)),
          files: new Map(files.map(([name, bytes]) => [name, Uint8Array.from(bytes)])),
        }),
      ),
    played.map(({ recorded }) => sent(recorded)),
  )
  expect(seen).toEqual(played.map(({ hash }) => hash))
})

/** Bytes travel to a page as numbers. */
const sent = ({ rows, files, ...rest }: Played['recorded']) => ({
  ...rest,
  rows: rows.map((row) => [...row]),
  files: [...files].map(([name, bytes]) => [name, [...bytes]] as const),
})

async function bundled(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('../masks/inBrowser.ts', import.meta.url)),
        formats: ['iife'],
        name: 'painting',
      },
    },
  })
  const [first] = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[]
  return first?.output[0].code ?? ''
}
