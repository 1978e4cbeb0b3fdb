/**
 * One history from beginning to end: a seed in, everything that was wrong out. The server's room and the page's link are the real ones; the
 * network, the disk and the time between them are not, so that all of it follows from the seed.
 */
import './clock.ts'

import { Random } from '../faults/fault.ts'
import { check } from './checker.ts'
import { withoutHandshakes } from './house.ts'
import { Story } from './story.ts'
import { Time } from './time.ts'

const STEPS = 120

export interface Ended {
  readonly story: Story
  /** One line each. */
  readonly faults: readonly string[]
}

/** `spoil`: breaks something, to see whether it is noticed. */
export async function simulate(
  seed: number,
  spoil: (story: Story) => void = () => undefined,
): Promise<Ended> {
  const random = new Random(seed)
  const time = new Time(random)
  const thrown: string[] = []
  const catchIt = (error: unknown) =>
    void thrown.push(`nobody caught ${error instanceof Error ? error.stack : String(error)}`)
  process.on('unhandledRejection', catchIt)
  time.install()
  const withHandshakes = withoutHandshakes()
  try {
    const story = new Story(time, random)
    spoil(story)
    await story.begin()
    await story.go(STEPS)
    await story.heal()
    const faults = await check(story)
    await story.end()
    // Nor was there an alarm, or an error in the server's log; not even when the document was put away.
    return { story, faults: [...faults, ...story.house.complaints, ...thrown] }
  } finally {
    withHandshakes()
    time.uninstall()
    process.off('unhandledRejection', catchIt)
  }
}
