/** Windows and labels, by the digit they are known by. Which are there is a matter of the series and of the case. */

import type { Label } from '@consilium/contract/projects'
import { setLabel } from '@consilium/crdt-schema/acts'
import { presetsFor } from '@consilium/viewer/window'
import type { Desk } from '../state/desk.ts'
import { change } from './annotating.ts'
import { type Act, type Command, perProfile } from './command.ts'
import { idOfLabel, idOfWindow } from './ids.ts'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

const presetAt = ({ series }: Desk, digit: string) =>
  presetsFor(series.current()).find(({ key }) => key === digit) ?? null

const WINDOWS: readonly Act[] = DIGITS.map((digit) => ({
  id: idOfWindow(digit),
  title: `Window ${digit}`,
  now: (desk) => presetAt(desk, digit)?.name ?? null,
  group: 'Windows',
  keys: perProfile([digit], [`Shift+${digit}`]),
  situation: 'always',
  denied: (desk) => (presetAt(desk, digit) ? null : `This series has no window ${digit}.`),
  run: (desk) => {
    const preset = presetAt(desk, digit)
    if (!preset) return
    desk.people.leave()
    desk.stage()?.setWindow({ center: preset.center, width: preset.width })
  },
}))

const labelAt = ({ kase }: Desk, digit: string): Label | null => kase.labels[Number(digit) - 1] ?? null

/** Of the next annotation, and of the selected one. */
const LABELS: readonly Act[] = DIGITS.map((digit) => ({
  id: idOfLabel(Number(digit)),
  title: `Label ${digit}`,
  now: (desk) => labelAt(desk, digit)?.title ?? null,
  group: 'Labels',
  keys: perProfile([`Shift+${digit}`], [digit]),
  situation: 'always',
  denied: (desk) => (labelAt(desk, digit) ? null : `This case has no label ${digit}.`),
  run: (desk) => {
    const label = labelAt(desk, digit)
    if (!label) return
    desk.choices.setLabel(label.key)
    const selected = desk.choices.selection()
    if (selected !== null) change(desk, selected, 'label', () => desk.act(setLabel, selected, label.key))
  },
}))

export const BY_DIGIT: readonly Command[] = [...WINDOWS, ...LABELS]
