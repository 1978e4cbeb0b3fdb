/** What the test data asks of its series beyond reading them: slices left out, shuffled, brought twice; and series that lie askew. */
import { describe, expect, it } from 'vitest'
import { readInstance } from './dicom/read.ts'
import { readNifti } from './nifti/read.ts'
import { arrange, type Slice, slicesOf } from './series.ts'
import { clean } from './testing/clean.ts'
import {
  allEntries,
  type Entry,
  type ExpectedSeries,
  HAVE_DATA,
  namesIn,
  readData,
} from './testing/manifest.ts'

interface Scenario {
  readonly name: string
  readonly do: string
}
type Scenarios = Entry<ExpectedSeries> & { readonly scenarios?: readonly Scenario[] }

const series = (allEntries() as Scenarios[]).filter(({ scenarios }) => scenarios !== undefined)

describe.skipIf(!HAVE_DATA).each(series)('$file', ({ file, expected, scenarios = [] }) => {
  const read = async (): Promise<Map<string, Slice>> => {
    const slices = new Map<string, Slice>()
    for (const name of namesIn(file)) {
      const [slice, ...rest] = await slicesOf(clean(await readInstance(readData(file + name))))
      if (!slice || rest.length > 0) throw new Error('not one slice')
      slices.set(name, slice)
    }
    return slices
  }
  const slices = HAVE_DATA ? read() : Promise.resolve(new Map<string, Slice>())

  const RUN: Record<string, (what: string) => Promise<void>> = {
    async 'missing slices'(what) {
      const without: readonly string[] = what.match(/[\w-]+\.dcm/g) ?? []
      expect(without.length).toBeGreaterThan(0)
      const some = [...(await slices)].flatMap(([name, slice]) => (without.includes(name) ? [] : [slice]))
      expect(some).toHaveLength(expected.slices - without.length)
      const [volume, ...rest] = await arrange(some)
      expect(rest).toEqual([])
      expect(volume?.spacing.slice).toBeNull()
      // Slices missing beside one another are one gap: each is named with the two slices that stand beside it.
      const order = expected.order_by_position
      const gaps = order.flatMap((name, k) =>
        without.includes(name) && !without.includes(order[k - 1] as string) ? [k] : [],
      )
      for (const gap of gaps) {
        const before = order.slice(0, gap).filter((name) => !without.includes(name)).length
        const size = order.slice(gap).findIndex((name) => !without.includes(name))
        const missing = `${size} slice${size === 1 ? '' : 's'} missing`
        expect(volume?.warnings[0]).toContain(`between slices ${before} and ${before + 1}, ${missing}`)
      }
      expect(volume?.warnings[0]).toMatch(/Nothing is computed across slices\.$/)
    },
    async shuffled() {
      const all = [...(await slices).values()]
      const [plain] = await arrange(all)
      // Steps that share no factor with the number of slices visit each once.
      const orders = [7, 13, 49].map((step) => all.map((_, k) => all[(k * step) % all.length] as Slice))
      for (const order of orders) {
        const [volume, ...rest] = await arrange(order)
        expect(rest).toEqual([])
        expect(volume?.fingerprint).toBe(plain?.fingerprint)
        expect(volume?.frameSha256).toEqual(expected.pixel_sha256_per_slice_in_that_order)
      }
    },
    async duplicate() {
      const all = [...(await slices).values()]
      const [plain] = await arrange(all)
      const [volume, ...rest] = await arrange([...all, { ...(all[5] as Slice) }])
      expect(rest).toEqual([])
      expect(volume?.fingerprint).toBe(plain?.fingerprint)
      expect(volume?.duplicates).toHaveLength(1)
      expect(volume?.warnings).toContain('1 slice came more than once and was taken once.')
    },
  }

  it.each(scenarios)('[S3][S4][I40] $name', async (scenario) => {
    const run = RUN[scenario.name]
    if (!run) throw new Error(`a scenario without a test: ${scenario.name}`)
    await run(scenario.do)
  })
})

it.skipIf(!HAVE_DATA)(
  '[S4] slices that are sheared say so, and their distance is that at right angles',
  async () => {
    const [volume, ...rest] = await arrange(
      await slicesOf(clean(await readNifti(readData('nifti/shear.nii.gz')))),
    )
    expect(rest).toEqual([])
    expect(volume?.warnings.join(' ')).toMatch(/shifted against each other \(tilted gantry\)/)
    const [first = [], second = []] = volume?.positions ?? []
    const along = first.map((mm, k) => (second[k] as number) - mm)
    expect(volume?.spacing.slice as number).toBeLessThan(Math.hypot(...along))
  },
)
