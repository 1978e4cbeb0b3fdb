/**
 * The page as it is shipped, signed in and live, in two browsers: how long its own code takes over a dab, when the stroke is seen, and when
 * somebody else sees it.
 */
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../../support/chromium.ts'
import { temporaryFolder } from '../../../support/server.ts'
import { goal } from '../../goals.ts'
import { FLAGS } from '../../viewer/flags.ts'
import { paintedCase } from '../page/painted.ts'
import { arrive, pixelsAmiss, type Stroke, stroke, takeBrush } from '../page/painter.ts'
import { inShort, type Part, p95, type Result } from './part.ts'

const ACTS = 2_000
const STROKES = 40
const MOVES = 15
const FRAME_MS = 1_000 / 60
/** Parts of the picture's width and height in which strokes are begun. */
const [COLUMNS, ROWS] = [8, 5]

export const page: Part = {
  name: 'page',
  title: 'a. In the page, two people: p50 (p95, most), ms',
  async run(share) {
    const folder = temporaryFolder('bench-masks')
    const { ours, segment } = await paintedCase(folder.path, Math.round(ACTS * share))
    const browsers = [await started(), await started()] as const
    try {
      const painter = await arrive(browsers[0], ours, 'okafor')
      const peer = await arrive(browsers[1], ours, 'vasquez')
      await takeBrush(painter, segment)
      const strokes = await played(painter, peer, Math.round(STROKES * share))
      return figuresOf(strokes, await pixelsAmiss(painter))
    } finally {
      for (const browser of browsers) await browser.close()
      await ours.close()
      folder.remove()
    }
  },
}

const started = (): Promise<Browser> => chromium.launch({ executablePath: findChromium(), args: [...FLAGS] })

interface Played extends Stroke {
  /** At the other one: ms from the press to the first message, and from there to the pixels. */
  readonly fanOut: number
  readonly toPixels: number
}

async function played(painter: Page, peer: Page, count: number): Promise<Played[]> {
  const box = await painter.getByTestId('stage').boundingBox()
  if (!box) throw new Error('the stage is not on screen')
  const strokes: Played[] = []
  for (let n = 0; n < count + 1; n++) {
    await peer.evaluate(() => {
      window.drawn = []
      window.heard = []
    })
    const at = {
      x: box.x + box.width * (0.3 + (0.35 * (n % COLUMNS)) / COLUMNS),
      y: box.y + box.height * (0.25 + (0.5 * (n % ROWS)) / ROWS),
    }
    const made = await stroke(painter, at, MOVES)
    const { drawn, heard } = await peer.evaluate(() => ({ drawn: window.drawn, heard: window.heard }))
    const message = heard.find((when) => when > made.pressedAt) ?? Number.NaN
    const seen = drawn.find(({ at: when }) => when > message)?.at ?? Number.NaN
    // With the first one everybody is still learning the code.
    if (n > 0) strokes.push({ ...made, fanOut: message - made.pressedAt, toPixels: seen - message })
  }
  return strokes
}

function figuresOf(strokes: readonly Played[], amiss: number): Result {
  const dabs = strokes.flatMap(({ dabs }) => dabs)
  const composed = dabs.map((dab) => dab.composed)
  const pixels = dabs.map(({ sinceInput }) => sinceInput ?? Number.NaN)
  const acts = strokes.map(({ act }) => act)
  const peers = strokes.map(({ toPixels }) => toPixels)
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ['a dab found and composed', composed],
    ['a dab: all of the page’s code', dabs.map(({ script }) => script)],
    ['a dab: from the hand to the pixels', pixels],
    ['a stroke let go, which makes it an act: all of the page’s code', acts],
    ['the other: from the press to the message', strokes.map(({ fanOut }) => fanOut)],
    ['the other: from the message to the pixels', peers],
  ]
  return {
    rows: rows.map(([what, ms]) => ({ what, samples: ms.length, 'ms: p50 (p95, most)': inShort(ms) })),
    goals: [
      goal('a dab found and composed, p95, ms', p95(composed), '<=', 2),
      goal('a dab from the hand to the pixels, p95, ms', p95(pixels), '<=', FRAME_MS),
      goal('a stroke let go, p95, ms', p95(acts), '<=', FRAME_MS),
      goal('the other’s pixels after the message, p95, ms', p95(peers), '<=', FRAME_MS),
      goal('pixels that look different when all is drawn anew', amiss, '<=', 0),
    ],
  }
}
