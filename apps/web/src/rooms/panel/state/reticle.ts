/**
 * The cross of those who point with keys: whether it is there, in which pane, and what is said of where it stands. It is moved in the stage
 * (viewer/stage/reticle.ts); here is only what a room knows: panes, rights, words.
 */

import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf } from '@consilium/crdt-schema/kinds'
import type { Vec3 } from '@consilium/geometry/vec3'
import { isPlaced } from '@consilium/imaging/hung'
import type { Modifiers } from '@consilium/viewer/reticle'
import type { Probe } from '@consilium/viewer/scene'
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { mm } from '../../../format.ts'
import type { Desk } from './desk.ts'
import type { StageHandle } from './stageHandle.ts'
import { valueText } from './values.ts'

export interface ReticleState {
  readonly isOn: Accessor<boolean>
  readonly toggle: () => void
  /** By so many voxels to the right and down on the screen. */
  readonly step: (right: number, down: number) => void
  readonly click: (modifiers?: Modifiers) => void
  /** Presses; the next time it lets go. */
  readonly hold: (modifiers?: Modifiers) => void
  readonly goTo: (at: Vec3) => void
  /** To the next point of an annotation. */
  readonly nextPoint: (annotation: Annotation) => void
  /** Says where it stands and what lies there. */
  readonly tell: () => void
}

/** ms it stands before it is said where: nobody is talked at while they move. */
const STILL_MS = 600

type Parts = Pick<Desk, 'stage' | 'probe' | 'series' | 'shelves' | 'labelTitle' | 'drawing' | 'choices'> & {
  readonly answer: (sentence: string) => void
}

export function createReticle(parts: Parts): ReticleState {
  const { stage, probe, shelves, answer, drawing, choices } = parts
  const [isOn, setOn] = createSignal(false)
  let still: ReturnType<typeof setTimeout> | null = null
  const stay = (): void => {
    if (still !== null) clearTimeout(still)
    still = null
  }
  onCleanup(stay)

  const under = (): Annotation | null => {
    const id = stage()?.reticle.under
    return id ? (shelves().annotations.get(id as EntryKey) ?? null) : null
  }
  const tell = (): void => answer(placeWords(parts, probe(), under()))
  /** Said once it stands: what is under way first. */
  const tellSoon = (first = ''): void => {
    stay()
    still = setTimeout(() => {
      const words = placeWords(parts, probe(), under())
      answer([first, words].filter(Boolean).join('. '))
    }, STILL_MS)
  }
  const moved = (move: (at: StageHandle) => void): void => {
    const shown = stage()
    if (!shown || !isOn()) return
    move(shown)
    tellSoon()
  }

  // It goes along to the pane that the keys are on.
  createEffect(
    on(stage, (now, before) => {
      if (!isOn() || now === before) return
      const at = before?.reticle.place ?? undefined
      before?.reticle.hide()
      now?.reticle.show(at)
      now?.focus()
      tellSoon()
    }),
  )

  return {
    isOn,
    toggle: () => {
      const shown = stage()
      if (isOn() || !shown) {
        shown?.reticle.hide()
        setOn(false)
        stay()
        return answer('Reticle off')
      }
      setOn(true)
      shown.reticle.show()
      shown.focus()
      tellSoon('Reticle on. Arrows move it, Enter clicks, Space presses and lets go, Escape leaves')
    },
    step: (right, down) => moved(({ reticle }) => reticle.step(right, down)),
    click: (modifiers) => {
      const [was, selected] = [drawing(), choices.selection()]
      stage()?.reticle.click(modifiers)
      tellSoon(clickWords(was !== null, drawing() !== null, choices.selection() !== selected))
    },
    hold: (modifiers) => {
      const reticle = stage()?.reticle
      reticle?.hold(modifiers)
      tellSoon(reticle?.held ? 'Held' : 'Let go')
    },
    goTo: (at) => moved(({ reticle }) => reticle.show(at)),
    nextPoint: ({ vertices }) =>
      moved(({ reticle }) => {
        const here = vertices.findIndex(({ at }) =>
          at.every((n, axis) => Math.abs(n - (reticle.place?.[axis] ?? 0)) < 1e-6),
        )
        const next = vertices[(here + 1) % Math.max(1, vertices.length)]
        if (next) reticle.show(next.at)
      }),
    tell,
  }
}

const clickWords = (before: boolean, now: boolean, another: boolean): string => {
  if (now) return 'Point'
  if (before) return 'Done'
  return another ? 'Selected' : ''
}

/** "Box, Nodule. 40 HU. x 12.0, y −3.5, z 4.0 mm": what is nearest to the question first. */
function placeWords(
  { series, labelTitle }: Pick<Parts, 'series' | 'labelTitle'>,
  probe: Probe | null,
  under: Annotation | null,
): string {
  const current = series.current()
  if (!probe || !current) return 'No picture'
  const what = under ? [kindOf(under.kind).title, labelTitle(under.label)].join(', ') : ''
  const value = probe.value === null ? 'no value' : valueText(probe.value, current)
  const [x, y, z] = probe.at
  const [column, row] = probe.pixel ?? []
  const place = isPlaced(current)
    ? `x ${mm(x)}, y ${mm(y)}, z ${mm(z)}`
    : `column ${column ?? 'outside'}, row ${row ?? 'outside'}`
  return [what, value, place].filter(Boolean).join('. ')
}
