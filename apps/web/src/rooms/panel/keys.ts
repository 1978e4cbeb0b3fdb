/**
 * Hears the keys of the room and does what they mean; which they are is said in commands/. Never while somebody types in a field or
 * answers a dialog, and what has the focus keeps the keys it needs itself: lists and sliders their arrows, buttons Space and Enter.
 */
import { onCleanup, onMount } from 'solid-js'
import { type Chord, chordsOf } from './commands/chords.ts'
import type { Act, Hold } from './commands/command.ts'
import { type Meant, meantBy } from './commands/meant.ts'
import { isOn, type Situation } from './commands/situations.ts'
import type { Desk } from './state/desk.ts'

const FIELDS =
  'input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'
const OWN_ARROWS =
  '[role=tablist], [role=group], [role=menu], [role=listbox], [role=slider], [role=radiogroup], input[type=range]'
const ARROWS = /^(?:Shift\+)?(?:Arrow\w+|Page\w+|Home|End)$/
const PRESSES = /^(?:Shift\+)?(?:Space|Enter)$/
/** A tap shorter than this on a key that holds something does what the key means otherwise, ms. */
const TAP_MS = 250

const isWithin = (event: Event, selector: string): boolean =>
  event.target instanceof Element && event.target.closest(selector) !== null

const isTyping = (event: Event): boolean => isWithin(event, FIELDS)

const isDeaf = (event: KeyboardEvent): boolean =>
  (event.defaultPrevented && event.key !== 'Escape') ||
  isTyping(event) ||
  isWithin(event, '[role=dialog], [role=menu], [role=listbox]')

/** Whether what has the focus needs the key itself. The line of the timeline is a slider; its arrows are the timeline's. */
function isTaken(event: KeyboardEvent, chord: Chord, situation: Situation): boolean {
  if (PRESSES.test(chord)) return isWithin(event, 'button, a, summary')
  if (!ARROWS.test(chord) || !isWithin(event, OWN_ARROWS)) return false
  return !(situation === 'timeline' && (event.target as Element).matches('[data-testid=track]'))
}

export function bindKeys(desk: Desk): void {
  let held: { readonly code: string; readonly since: number; readonly tap: Act | null } | null = null

  const hear = (event: KeyboardEvent): { readonly chord: Chord; readonly meant: Meant } | null => {
    for (const chord of chordsOf(event)) {
      const meant = meantBy(desk.keymap.bound().get(chord) ?? [], (situation) => isOn(situation, desk))
      if (meant) return { chord, meant }
    }
    return null
  }
  // Whichever pane the hand comes down on.
  const hold = (what: Hold['hold'] | null): void => {
    for (const stage of desk.panes.stages()) stage?.hold(what)
  }
  const run = (act: Act): void => {
    const denied = act.denied?.(desk) ?? null
    if (denied === null) act.run(desk)
    else desk.setNote(denied)
  }

  const down = (event: KeyboardEvent): void => {
    if (isDeaf(event)) return
    const heard = hear(event)
    const command = heard?.meant.hold ?? heard?.meant.act
    if (!heard || !command || isTaken(event, heard.chord, command.situation)) return
    event.preventDefault()
    const { act, hold: holding } = heard.meant
    if (holding === null) {
      if (act) run(act)
    } else if (!event.repeat) {
      held = { code: event.code, since: event.timeStamp, tap: act }
      hold(holding.hold)
    }
  }
  const up = (event: KeyboardEvent): void => {
    if (!held || held.code !== event.code) return
    const { since, tap } = held
    letGo()
    if (tap && event.timeStamp - since < TAP_MS) run(tap)
  }
  /** Whoever presses the pointer meanwhile uses what is held; that was no tap, however short. */
  const used = (): void => {
    if (held) held = { ...held, tap: null }
  }
  const letGo = (): void => {
    held = null
    hold(null)
  }
  onMount(() => {
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', letGo)
    window.addEventListener('pointerdown', used, true)
  })
  onCleanup(() => {
    window.removeEventListener('keydown', down)
    window.removeEventListener('keyup', up)
    window.removeEventListener('blur', letGo)
    window.removeEventListener('pointerdown', used, true)
  })
}
