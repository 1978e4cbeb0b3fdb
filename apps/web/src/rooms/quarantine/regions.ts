/** The boxes somebody draws on pictures that wait; they apply to every frame. Kept only while the page shows the set. */
import type { Box } from '@consilium/contract/studies'
import { type Accessor, createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Drawn } from './boxes.ts'

export interface Regions {
  readonly list: readonly Drawn[]
  /** Id of the one that has the hand. */
  readonly selected: Accessor<number | null>
  /** As it is now. */
  find(id: number): Drawn | undefined
  /** Returns its id; it is selected. */
  add(box: Box): number
  set(id: number, box: Box): void
  remove(id: number): void
  select(id: number | null): void
}

export function createRegions(): Regions {
  // A store, so that a box that changes stays the same element and keeps the focus.
  const [list, setList] = createStore<Drawn[]>([])
  const [selected, select] = createSignal<number | null>(null)
  let last = 0
  return {
    list,
    selected,
    find(id) {
      const found = list.find((box) => box.id === id)
      return found && { ...found }
    },
    add(box) {
      last += 1
      setList(list.length, { ...box, id: last })
      select(last)
      return last
    },
    set: (id, box) => setList((one) => one.id === id, { ...box, id }),
    remove(id) {
      setList((boxes) => boxes.filter((one) => one.id !== id))
      if (selected() === id) select(null)
    },
    select,
  }
}
