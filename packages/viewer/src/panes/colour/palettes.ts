/**
 * Colours for grey values. The eight of DICOM (PS3.6 Annex B) are computed from the straight lines that make up their published tables,
 * channel by channel, and equal them in every entry; a rainbow is added because many are used to it. Pure.
 */

export const COLOUR_TABLES = [
  'grey',
  'hot-iron',
  'pet',
  'hot-metal-blue',
  'pet-20-step',
  'spring',
  'summer',
  'fall',
  'winter',
  'rainbow',
] as const

export type ColourTable = (typeof COLOUR_TABLES)[number]

export const isColourTable = (name: string): name is ColourTable =>
  (COLOUR_TABLES as readonly string[]).includes(name)

/** As DICOM calls them. */
export const COLOUR_TITLES: { readonly [table in ColourTable]: string } = {
  grey: 'Grey',
  'hot-iron': 'Hot iron',
  pet: 'PET',
  'hot-metal-blue': 'Hot metal blue',
  'pet-20-step': 'PET 20 step',
  spring: 'Spring',
  summer: 'Summer',
  fall: 'Fall',
  winter: 'Winter',
  rainbow: 'Rainbow',
}

export type Rgb = readonly [red: number, green: number, blue: number]

/** Entry and value where a line ends and the next begins. */
type Line = readonly (readonly [entry: number, value: number])[]

/** `rounds`: to which of the two whole numbers beside it a value between goes. */
interface Channel {
  readonly line: Line
  readonly rounds: (value: number) => number
}

const channel = (rounds: Channel['rounds'], ...line: Line): Channel => ({ line, rounds })
const UP = (value: number): number => Math.ceil(value - 1e-9)
const DOWN = (value: number): number => Math.floor(value + 1e-9)
const NEAR = (value: number): number => Math.floor(value + 0.5)
const steady = (value: number): Channel => channel(NEAR, [0, value], [255, value])
const RISING = channel(NEAR, [0, 0], [255, 255])
const FALLING = channel(NEAR, [0, 255], [255, 0])
/** A value at every seventeenth entry. */
const every17 = (...values: readonly number[]): Channel =>
  channel(NEAR, ...values.map((value, k): [number, number] => [17 * k, value]))

type Smooth = Exclude<ColourTable, 'grey' | 'pet-20-step'>

const CHANNELS: { readonly [table in Smooth]: readonly [red: Channel, green: Channel, blue: Channel] } = {
  // PS3.6 B.1.1 to B.1.3
  'hot-iron': [
    channel(UP, [0, 0], [128, 255], [255, 255]),
    channel(DOWN, [0, 0], [128, 0], [255, 255]),
    channel(UP, [0, 0], [191, 0], [255, 255]),
  ],
  pet: [
    channel(DOWN, [0, 0], [63, 0], [64, 1], [106, 85], [192, 255], [255, 255]),
    channel(DOWN, [0, 0], [63, 128], [128, 0], [255, 255]),
    channel(DOWN, [0, 0], [128, 255], [129, 252], [192, 0], [255, 255]),
  ],
  'hot-metal-blue': [
    every17(0, 0, 0, 0, 0, 0, 50, 90, 140, 190, 255, 255, 255, 255, 255, 255),
    every17(0, 0, 0, 0, 0, 0, 0, 0, 32, 64, 96, 128, 160, 192, 224, 255),
    every17(0, 33, 67, 100, 133, 167, 200, 150, 50, 0, 0, 50, 100, 150, 200, 255),
  ],
  // B.1.5 to B.1.8
  spring: [steady(255), RISING, FALLING],
  summer: [steady(0), channel(NEAR, [0, 255], [255, 128]), channel(DOWN, [0, 0], [127, 0], [255, 254])],
  fall: [steady(255), FALLING, steady(0)],
  winter: [channel(NEAR, [0, 0], [127, 0], [255, 127]), RISING, channel(NEAR, [0, 255], [255, 128])],
  rainbow: [
    channel(NEAR, [0, 0], [128, 0], [192, 255], [255, 255]),
    channel(NEAR, [0, 0], [64, 255], [192, 255], [255, 0]),
    channel(NEAR, [0, 255], [64, 255], [128, 0], [255, 0]),
  ],
}

/** PS3.6 B.1.4. */
const PET_20 =
  '000000 600050 303050 303070 505080 6060b0 7070c0 8080e0 306030 309030 50c050 40e040 e0e050 d0d060 d0b040 d09000 c06000 b03000 ff0000 ffffff'
    .split(' ')
    .map((hex): Rgb => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb)

/** The colour of each of 256 greys. */
export function coloursOf(table: ColourTable): readonly Rgb[] {
  const entries = Array.from({ length: 256 }, (_, entry) => entry)
  // The first picture waits for these.
  if (table === 'grey') return entries.map((entry) => [entry, entry, entry])
  if (table === 'pet-20-step')
    return entries.map((entry) => PET_20[Math.min(19, Math.floor((entry * 20) / 255))] as Rgb)
  const [red, green, blue] = CHANNELS[table]
  return entries.map((entry) => [valueAt(red, entry), valueAt(green, entry), valueAt(blue, entry)])
}

function valueAt({ line, rounds }: Channel, entry: number): number {
  const after = Math.max(
    1,
    line.findIndex(([end]) => end >= entry),
  )
  const [[from, low], [to, high]] = [line[after - 1], line[after]] as [Line[number], Line[number]]
  return rounds(low + ((high - low) * (entry - from)) / (to - from))
}
