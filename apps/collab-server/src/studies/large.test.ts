import { expect, it } from 'vitest'
import { isLarge } from './large.ts'

it('a series is large by its frames, or by all its values together', () => {
  const ct = { rows: 512, columns: 512, samples: 'int16' } as const
  expect([isLarge({ ...ct, frames: 512 }), isLarge({ ...ct, frames: 513 })]).toEqual([false, true])
  const film = { rows: 2_048, columns: 2_048, samples: 'uint16', frames: 1 } as const
  expect([isLarge(film), isLarge({ ...film, columns: 2_049 }), isLarge({ ...film, rows: 2_049 })]).toEqual([
    false,
    true,
    true,
  ])
  const colour = { rows: 1_024, columns: 1_024, samples: 'uint8x3', frames: 85 } as const
  expect([isLarge(colour), isLarge({ ...colour, frames: 86 })]).toEqual([false, true])
})
