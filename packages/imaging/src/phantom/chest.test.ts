/** The phantom must be the same for all, read like any CT, and hold its nodules where it says. */
import { expect, it } from 'vitest'
import { readInstance } from '../dicom/read.ts'
import { type Chest, chestFiles, chestPhantom } from './files.ts'

const SMALL = { size: 128, slices: 100 }

it('[S7] one seed, one phantom', () => {
  const render = (seed: number) =>
    [...chestPhantom({ seed, size: 64, slices: 3 }).render()].map(({ pixels }) => [...pixels])
  expect(render(5)).toEqual(render(5))
  expect(render(5)).not.toEqual(render(6))
})

it('[S7] looks like a chest to a histogram', () => {
  const chest = chestPhantom(SMALL)
  const shares = { outside: 0, air: 0, lung: 0, fat: 0, soft: 0, bone: 0 }
  let count = 0
  for (const { pixels } of chest.render()) {
    for (const stored of pixels) {
      const hu = stored - 1024
      count += 1
      if (stored === -2000) shares.outside += 1
      else if (hu < -950) shares.air += 1
      else if (hu < -700) shares.lung += 1
      else if (hu > -150 && hu < -50) shares.fat += 1
      else if (hu > 0 && hu < 240) shares.soft += 1
      else if (hu > 300) shares.bone += 1
    }
  }
  const share = (n: number): number => n / count
  expect(share(shares.outside)).toBeCloseTo(1 - Math.PI / 4, 1)
  expect(share(shares.lung)).toBeGreaterThan(0.1)
  expect(share(shares.fat)).toBeGreaterThan(0.05)
  expect(share(shares.soft)).toBeGreaterThan(0.1)
  expect(share(shares.bone)).toBeGreaterThan(0.01)
})

it('[S7] every nodule is where it says, with lung around it', () => {
  const chest = chestPhantom({ size: 256, slices: 120 })
  const slices = [...chest.render()]
  for (const nodule of chest.nodules) {
    const [x, y, z] = nodule.centre
    const slice = slices.toSorted((a, b) => Math.abs(a.position[2] - z) - Math.abs(b.position[2] - z))[0]
    if (!slice) throw new Error('no slice')
    const at = (dx: number, dy: number): number => valueAt(chest, slice, x + dx, y + dy)
    const middle = (at(0, 0) + at(0.5, 0) + at(0, 0.5)) / 3
    const range = {
      solid: [-120, 140],
      'part-solid': [-120, 140],
      'ground-glass': [-720, -420],
      calcified: [250, 750],
    }
    const [low, high] = range[nodule.kind] as [number, number]
    expect(middle, `${nodule.name} ${nodule.lobe}`).toBeGreaterThan(low)
    expect(middle, `${nodule.name} ${nodule.lobe}`).toBeLessThan(high)
    const r = nodule.diameterMm / 2 + 6
    const around = Array.from({ length: 24 }, (_, k) =>
      at(r * Math.cos((k * Math.PI) / 12), r * Math.sin((k * Math.PI) / 12)),
    )
    expect(
      around.filter((hu) => hu < -650).length,
      `lung around ${nodule.name} ${nodule.lobe}`,
    ).toBeGreaterThan(12)
  }
})

it('[S7] is written as DICOM that reads back as made', async () => {
  const slices = [...chestPhantom({ size: 64, slices: 3 }).render()]
  let k = 0
  for await (const { name, bytes } of chestFiles({ size: 64, slices: 3 })) {
    const { technical, frames, words, identity } = await readInstance(bytes)
    expect(name).toBe(`chest-00${k + 1}.dcm`)
    expect(frames[0]?.pixels).toEqual(slices[k]?.pixels)
    expect(frames[0]?.position).toEqual(slices[k]?.position)
    expect(technical).toMatchObject({ rows: 64, columns: 64, padding: -2000, instanceNumber: k + 1 })
    expect(words.modality).toBe('CT')
    expect(identity.instance).toMatch(/^2\.25\.\d{20,39}$/)
    k += 1
  }
  expect(k).toBe(3)
})

function valueAt(
  chest: Chest,
  slice: { position: readonly number[]; pixels: Int16Array },
  x: number,
  y: number,
): number {
  const column = Math.round((x - (slice.position[0] as number)) / chest.spacing.column)
  const row = Math.round((y - (slice.position[1] as number)) / chest.spacing.row)
  return (slice.pixels[row * chest.columns + column] as number) - 1024
}
