/**
 * Keys of the room, the Radiology profile: digits are window presets, Shift and digits are labels. Never while somebody types in a
 * field, and arrows never take from a list, slider or menu that has the focus.
 */
import { setCertainty, setLabel } from '@consilium/crdt-schema/acts'
import type { Certainty } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { presetsFor } from '@consilium/viewer/window'
import { onCleanup, onMount } from 'solid-js'
import { tinykeys } from 'tinykeys'
import { LAYOUTS } from './layout/layouts.ts'
import { hasSize } from './segments/PaintOptions.tsx'
import type { Desk } from './state/desk.ts'
import { TOOLS } from './tools.ts'

const FIELDS =
  'input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'
const OWN_ARROWS =
  '[role=tablist], [role=group], [role=menu], [role=listbox], [role=slider], [role=radiogroup], input[type=range]'
/** A tap shorter than this on a hold key chooses the tool instead, ms. */
const TAP_MS = 250

export const isTyping = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest(FIELDS) !== null

const inDialog = (event: Event): boolean =>
  event.target instanceof Element &&
  event.target.closest('[role=dialog], [role=menu], [role=listbox]') !== null

const hasOwnArrows = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest(OWN_ARROWS) !== null

type Bindings = Record<string, (event: KeyboardEvent) => void>

export function bindKeys(desk: Desk): void {
  onMount(() => {
    const bindings: Bindings = {
      ...looking(desk),
      ...digits(desk),
      ...tools(desk),
      ...working(desk),
    }
    Object.assign(bindings, layouts(desk))
    const moving = alongTheLine(desk)
    for (const [key, move] of Object.entries(moving)) {
      const otherwise = bindings[key]
      bindings[key] = (event) => (desk.timeline.isOpen() ? move(event) : otherwise?.(event))
    }
    bindings.o = desk.blame.toggle
    const sized = () => hasSize(desk.choices.tool())
    bindings[']'] = () => (sized() ? desk.painting.brush.stepSize(1) : desk.blame.step(1))
    bindings['['] = () => (sized() ? desk.painting.brush.stepSize(-1) : desk.blame.step(-1))
    bindings.x = () => desk.comparison.from() !== null && desk.comparison.blink()
    bindings.t = () => (desk.timeline.isOpen() ? desk.timeline.close() : desk.timeline.open())
    const stop = tinykeys(window, bindings, {
      ignore: (event) =>
        (event.defaultPrevented && event.key !== 'Escape') || isTyping(event) || inDialog(event),
    })
    const stopHolding = holding(desk)
    onCleanup(() => {
      stop()
      stopHolding()
    })
  })
}

/** Navigating oneself ends following. */
function looking({ stage, people }: Desk): Bindings {
  const go = (move: () => void) => (event: KeyboardEvent) => {
    if (hasOwnArrows(event)) return
    event.preventDefault()
    people.leave()
    move()
  }
  return {
    ArrowUp: go(() => stage()?.step(-1)),
    ArrowDown: go(() => stage()?.step(1)),
    PageUp: go(() => stage()?.step(-10)),
    PageDown: go(() => stage()?.step(10)),
    Home: go(() => stage()?.goAlong(0)),
    End: go(() => stage()?.goAlong(Number.MAX_SAFE_INTEGER)),
    ArrowLeft: go(() => stage()?.stepInTime(-1)),
    ArrowRight: go(() => stage()?.stepInTime(1)),
    c: go(() => stage()?.togglePlay()),
    '=': go(() => stage()?.fit()),
    'Shift++': go(() => stage()?.zoomBy(1.25)),
    '+': go(() => stage()?.zoomBy(1.25)),
    '-': go(() => stage()?.zoomBy(0.8)),
    i: go(() => stage()?.invert()),
  }
}

/** By the key the digit stands on: with Alt some keyboards type another sign. Alt and arrows turn the plane, with Shift by a degree. */
function layouts({ panes, people, setNote }: Desk): Bindings {
  const chosen = LAYOUTS.map(({ name, key }): [string, (event: KeyboardEvent) => void] => [
    `Alt+Digit${key}`,
    (event) => {
      event.preventDefault()
      if (name !== 'one') setNote(panes.denied())
      panes.setLayout(name)
    },
  ])
  const turn =
    (about: 'row' | 'column', degrees: number) =>
    (event: KeyboardEvent): void => {
      // In a browser Alt and an arrow leave the page.
      event.preventDefault()
      people.leave()
      setNote(panes.denied())
      panes.turn(panes.active(), about, degrees)
    }
  return {
    ...Object.fromEntries(chosen),
    'Alt+ArrowLeft': turn('column', -5),
    'Alt+ArrowRight': turn('column', 5),
    'Alt+ArrowUp': turn('row', 5),
    'Alt+ArrowDown': turn('row', -5),
    'Alt+Shift+ArrowLeft': turn('column', -1),
    'Alt+Shift+ArrowRight': turn('column', 1),
    'Alt+Shift+ArrowUp': turn('row', 1),
    'Alt+Shift+ArrowDown': turn('row', -1),
  }
}

function digits(desk: Desk): Bindings {
  const bindings: Bindings = {}
  for (let digit = 1; digit <= 9; digit++) {
    bindings[`Digit${digit}`] = () => {
      const preset = presetsFor(desk.series.current()).find(({ key }) => key === String(digit))
      if (!preset) return
      desk.people.leave()
      desk.stage()?.setWindow({ center: preset.center, width: preset.width })
    }
    bindings[`Shift+Digit${digit}`] = (event) => {
      const label = desk.kase.labels[digit - 1]
      if (!label) return
      event.preventDefault()
      desk.choices.setLabel(label.key)
      const selected = desk.choices.selection()
      if (selected !== null) change(desk, selected, 'label', () => desk.act(setLabel, selected, label.key))
    }
  }
  return bindings
}

/** Changes the selected annotation, or says why not. */
function change({ rights, setNote }: Desk, selected: EntryKey, field: string, write: () => void): void {
  const denied = rights.deniedChange(selected, field)
  if (denied === null) write()
  else setNote(denied)
}

function tools({ choices, rights }: Desk): Bindings {
  const entries = TOOLS.filter((entry) => entry.key !== 'w').map((entry): [string, () => void] => [
    entry.key,
    () => {
      if (entry.writes === null || rights.denied(entry.writes) === null) choices.setTool(entry.tool)
    },
  ])
  return Object.fromEntries(entries)
}

function working(desk: Desk): Bindings {
  const { choices, document, panes, people, rights, stage, setNote } = desk
  const mayWrite = (): boolean => rights.denied('annotations') === null
  const undo = (event: KeyboardEvent): void => {
    event.preventDefault()
    if (mayWrite()) document.undo.undo()
  }
  const redo = (event: KeyboardEvent): void => {
    event.preventDefault()
    if (mayWrite()) document.undo.redo()
  }
  const certainty = (value: Certainty) => () => {
    const selected = choices.selection()
    if (selected !== null) change(desk, selected, 'certainty', () => desk.act(setCertainty, selected, value))
    else if (mayWrite()) choices.setCertainty((known) => (known === value ? null : value))
  }
  const remove = (event: KeyboardEvent): void => {
    event.preventDefault()
    if (desk.drawing() !== null) {
      stage()?.deleteLastVertex()
      return
    }
    const selected = choices.selection()
    if (selected !== null) change(desk, selected, 'retired', () => choices.ask('delete'))
  }
  return {
    '$mod+z': undo,
    '$mod+Shift+z': redo,
    '$mod+y': redo,
    Backspace: remove,
    Delete: remove,
    Enter: (event) => {
      if (event.target instanceof Element && event.target.closest('button, a, summary') !== null) return
      stage()?.finish()
    },
    Escape: () => {
      if (stage()?.cancel()) return
      if (people.leave()) return
      if (panes.restore()) return
      if (panes.crosshair() !== null) {
        panes.point(null)
        return
      }
      if (choices.asking() !== null) {
        choices.ask(null)
        return
      }
      if (choices.pin() !== null) {
        choices.setPin(null)
        return
      }
      if (choices.selection() !== null) {
        choices.select(null)
        return
      }
      setNote(null)
      choices.setTool('select')
    },
    p: certainty('present'),
    u: certainty('uncertain'),
    a: certainty('absent'),
  }
}

/** While the timeline is open these are its keys, whatever they mean otherwise. Arrows up and down still go through the slices. */
function alongTheLine(desk: Desk): Bindings {
  const { timeline, past, choices, comparison } = desk
  const escape = working(desk).Escape
  const go = (move: () => void) => (event: KeyboardEvent) => {
    // The line itself is a slider; its arrows are these.
    if (hasOwnArrows(event) && !(event.target as Element).matches('[data-testid=track]')) return
    event.preventDefault()
    move()
  }
  const play = (direction: 1 | -1) => (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('button, a, summary') !== null) return
    event.preventDefault()
    timeline.togglePlay(direction)
  }
  const ofSelected = (direction: 1 | -1) => () => {
    const selected = choices.selection()
    if (selected !== null) timeline.step(direction, 'act', selected)
  }
  return {
    Space: play(1),
    'Shift+Space': play(-1),
    ArrowRight: go(() => timeline.step(1, 'act')),
    ArrowLeft: go(() => timeline.step(-1, 'act')),
    'Shift+ArrowRight': go(ofSelected(1)),
    'Shift+ArrowLeft': go(ofSelected(-1)),
    '.': go(() => timeline.step(1, 'revision')),
    ',': go(() => timeline.step(-1, 'revision')),
    Home: go(timeline.toStart),
    End: go(timeline.toNow),
    Escape: (event) => {
      if (comparison.from() !== null) comparison.stop()
      else if (past.past() !== null) timeline.toNow()
      else if (choices.selection() === null) timeline.close()
      else escape?.(event)
    },
  }
}

/** Space pans and W windows while held; a tap on W takes up the tool. */
function holding({ panes, choices, timeline }: Desk): () => void {
  // Whichever pane the hand comes down on.
  const hold = (held: 'pan' | 'window' | null): void => {
    for (const stage of panes.stages()) stage?.hold(held)
  }
  let since: number | null = null
  const which = (event: KeyboardEvent): 'pan' | 'window' | null =>
    event.code === 'Space' && !timeline.isOpen() ? 'pan' : event.key.toLowerCase() === 'w' ? 'window' : null
  const down = (event: KeyboardEvent): void => {
    const tool = which(event)
    if (tool === null || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || inDialog(event))
      return
    // Space presses a button that has the focus.
    if (
      tool === 'pan' &&
      event.target instanceof Element &&
      event.target.closest('button, a, [role=slider], summary')
    )
      return
    event.preventDefault()
    if (event.repeat) return
    since = event.timeStamp
    hold(tool)
  }
  const up = (event: KeyboardEvent): void => {
    const tool = which(event)
    if (tool === null || since === null) return
    hold(null)
    if (tool === 'window' && event.timeStamp - since < TAP_MS) choices.setTool('window')
    since = null
  }
  const letGo = (): void => {
    since = null
    hold(null)
  }
  window.addEventListener('keydown', down)
  window.addEventListener('keyup', up)
  window.addEventListener('blur', letGo)
  return () => {
    window.removeEventListener('keydown', down)
    window.removeEventListener('keyup', up)
    window.removeEventListener('blur', letGo)
  }
}
