/**
 * The organs of the middle, as tubes and eggs in patient millimetres (x to the left, y to the back, z to the head; z 0 at the left
 * atrium's roof, carina near 38). One list serves twice: what is painted, and what the lungs keep clear of.
 */
import { type Capsule, capsule, type Point, tube } from './shapes.ts'

/** Hounsfield units, contrast medium in the venous phase. */
export const HU = {
  air: -1000,
  fat: -104,
  skin: 15,
  muscle: 58,
  blood: 172,
  bloodLeft: 196,
  cava: 214,
  myocardium: 104,
  wall: 42,
  cartilage: 96,
  marrow: 215,
  cortex: 760,
  disc: 88,
  cord: 36,
  fluid: 12,
  liver: 112,
  liverVessel: 158,
  spleen: 122,
  stomach: 30,
  lung: -868,
} as const

export interface Organ {
  readonly parts: readonly Capsule[]
  readonly value: number
  /** Thickness and value of a wall around the inner value. */
  readonly wall?: { readonly mm: number; readonly value: number }
  /** How far the lung stays off, mm. */
  readonly clear: number
}

const LV_BASE: Point = [17, 0, -38]
const LV_APEX: Point = [62, -40, -76]
const LV_TIP: Point = [56, -35, -71]

/** Where the bronchovascular trees begin. */
export const HILA = { right: [-42, 9, 9], left: [43, 16, 14] } as const satisfies Record<string, Point>
export const VEIN_ROOTS = { right: [-38, 12, -12], left: [42, 16, -10] } as const satisfies Record<
  string,
  Point
>

const HEART: Organ[] = [
  { parts: [capsule([-32, -14, -24], 19, [-28, -14, -66], 20)], value: HU.blood, clear: 5 }, // right atrium
  {
    parts: [
      capsule([-10, -40, -52], 22, [36, -50, -82], 13),
      capsule([-6, -42, -44], 18, [14, -42, -16], 14),
    ],
    value: HU.blood,
    clear: 5,
  },
  { parts: [capsule(LV_BASE, 31, LV_APEX, 15)], value: HU.myocardium, clear: 5 },
  { parts: [capsule(LV_BASE, 20, LV_TIP, 8)], value: HU.bloodLeft, clear: 0 },
  { parts: [capsule([-16, 19, -16], 15, [26, 21, -18], 15)], value: HU.bloodLeft, clear: 3 }, // left atrium
  { parts: tube([-20, 16, -10, 7], [-38, 12, -12, 6]), value: HU.bloodLeft, clear: 2 }, // pulmonary veins
  { parts: tube([-20, 24, -24, 6.5], [-42, 28, -34, 5.5]), value: HU.bloodLeft, clear: 2 },
  { parts: tube([28, 18, -10, 7], [42, 16, -10, 6]), value: HU.bloodLeft, clear: 2 },
  { parts: tube([30, 25, -24, 6.5], [46, 30, -34, 5.5]), value: HU.bloodLeft, clear: 2 },
]

const VESSELS: Organ[] = [
  { parts: tube([14, -40, -18, 14], [15, -32, 8, 14], [16, -20, 22, 13.5]), value: HU.blood, clear: 3 }, // pulmonary trunk
  {
    parts: tube([14, -16, 22, 11], [-14, -2, 21, 10.5], [-34, 5, 13, 9], [-42, 9, 9, 7.5]),
    value: HU.blood,
    clear: 2,
  },
  { parts: tube([18, -16, 24, 11.5], [30, 2, 29, 10.5], [43, 16, 14, 8]), value: HU.blood, clear: 2 },
  {
    parts: tube(
      [2, -16, -30, 15],
      [-8, -24, -8, 16.5],
      [-11, -26, 20, 16],
      [-8, -22, 45, 15],
      [1, -11, 61, 14.5],
      [15, 5, 66, 14],
      [24, 23, 61, 13.5],
      [26, 37, 46, 13],
      [26, 41, 10, 12.5],
      [23, 43, -60, 12],
      [15, 45, -115, 11.5],
      [9, 44, -170, 11],
    ),
    value: HU.bloodLeft,
    clear: 2.5,
  },
  { parts: tube([-3, -14, 70, 6.5], [-13, -8, 100, 6.5], [-24, -2, 160, 6]), value: HU.bloodLeft, clear: 3 },
  { parts: tube([9, -2, 76, 4.5], [13, -2, 110, 4.2], [17, -2, 160, 4]), value: HU.bloodLeft, clear: 3 },
  {
    parts: tube([20, 10, 76, 5], [25, 12, 118, 5], [44, 4, 146, 5], [80, -10, 160, 5]),
    value: HU.bloodLeft,
    clear: 3,
  },
  { parts: tube([-25, -16, 84, 9.5], [-28, -14, 30, 9.5], [-31, -13, -20, 10]), value: HU.cava, clear: 2.5 }, // superior vena cava
  { parts: tube([-25, -16, 82, 9], [-30, -14, 112, 8], [-44, -10, 160, 8]), value: HU.cava, clear: 3 },
  {
    parts: tube([-23, -20, 82, 8], [6, -33, 92, 7], [28, -27, 112, 7.5], [44, -14, 160, 8]),
    value: HU.cava,
    clear: 3,
  },
  {
    parts: tube([-26, -8, -64, 12], [-25, 2, -100, 12.5], [-22, 12, -170, 12]),
    value: HU.blood - 12,
    clear: 3,
  }, // inferior vena cava
  {
    parts: tube(
      [-7, 44, -170, 4],
      [-9, 44, 30, 4.2],
      [-14, 36, 52, 4.5],
      [-24, 8, 56, 4.5],
      [-27, -10, 52, 4.5],
    ),
    value: HU.blood - 25,
    clear: 2.5,
  },
  {
    parts: tube([4, 35, 160, 6], [3, 35, 60, 7], [0, 38, 0, 7.5], [8, 34, -80, 8], [20, 22, -104, 9]),
    value: HU.wall,
    clear: 3,
  }, // oesophagus
  { parts: tube([3, 35, 100, 1.6], [2, 35, 70, 2.2], [1, 37, 50, 0.6]), value: -600, clear: 0 }, // a little air in it
]

/** Nodes and bits of thymus, so that the fat is not empty. */
const NODES: Organ[] = (
  [
    [-14, 4, 34, 4.5],
    [-20, 22, 28, 4],
    [2, 24, 26, 5],
    [12, -4, 44, 3.5],
    [-16, -2, 58, 3.5],
    [20, -14, 52, 3],
    [6, -46, 60, 3],
    [-6, -50, 48, 2.5],
  ] as const
).map(([x, y, z, r]) => ({
  parts: [capsule([x, y, z - 3], r, [x + 2, y + 1, z + 4], r * 0.8)],
  value: 74,
  clear: 2,
}))

export const ORGANS: readonly Organ[] = [...HEART, ...VESSELS, ...NODES]

export const AIRWAYS: readonly Organ[] = [
  { parts: tube([-1, 4, 170, 10], [-2, 10, 90, 10], [-3, 15, 38, 10.5]), value: HU.wall, clear: 3 },
  {
    parts: tube([-3, 15, 37, 9.5], [-22, 15, 21, 9], [-34, 14, 13, 7.5], [-41, 14, 6, 6.2]),
    value: HU.wall,
    clear: 2,
  },
  {
    parts: tube([-3, 15, 37, 9], [20, 20, 20, 8], [36, 23, 10, 7], [43, 23, 6, 6]),
    value: HU.wall,
    clear: 2,
  },
]
/** Thickness of the walls above, mm. */
export const AIRWAY_WALL = 1.6
