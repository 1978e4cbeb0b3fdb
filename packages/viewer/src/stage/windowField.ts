/**
 * The window typed as numbers: two fields in the place of the read-out, opened by a double click on it or by whoever calls. Enter takes
 * what is written, Escape and going elsewhere leave everything as it was. Its events are its own: nothing of them reaches the picture.
 */
import type { Window } from './scene.ts'
import { numberFrom, windowFrom } from './windowTyped.ts'

export interface WindowFieldPort {
  /** Null: there is no window to change. */
  window(): Window | null
  leastWidth(): number
  set(window: Window): void
  /** The field is gone: keys are for the picture again. */
  closed(): void
}

const PARTS = [
  ['W', 'width', 'Window width'],
  ['L', 'center', 'Window level'],
] as const
type Part = (typeof PARTS)[number][1]

/** What a hand gave the pointer to, in whichever way. */
const OWN = ['pointerdown', 'pointermove', 'pointerup', 'dblclick', 'wheel', 'contextmenu'] as const

export class WindowField {
  readonly #parent: HTMLElement
  readonly #port: WindowFieldPort
  #form: HTMLFormElement | null = null

  constructor(parent: HTMLElement, port: WindowFieldPort) {
    this.#parent = parent
    this.#port = port
  }

  open(first: Part = 'width'): void {
    const window = this.#port.window()
    if (!window || this.#form) return
    const form = document.createElement('form')
    form.className = 'cs-window-field'
    form.noValidate = true
    const [width, level] = PARTS.map(([letter, part, title]) => {
      const label = form.appendChild(document.createElement('label'))
      label.append(letter)
      const field = label.appendChild(document.createElement('input'))
      field.ariaLabel = title
      field.inputMode = 'decimal'
      field.autocomplete = 'off'
      field.size = 7
      field.value = String(Number(window[part].toPrecision(6)))
      return field
    }) as [HTMLInputElement, HTMLInputElement]
    // A field alone in a form sends it by Enter; of two, only where there is something that sends.
    const send = form.appendChild(document.createElement('button'))
    send.type = 'submit'
    send.textContent = 'Set'
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const least = this.#port.leastWidth()
      const typed = windowFrom(width.value, level.value, least)
      width.ariaInvalid = String(windowFrom(width.value, '0', least) === null)
      level.ariaInvalid = String(numberFrom(level.value) === null)
      if (!typed) return
      this.#port.set(typed)
      this.#close()
    })
    form.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key === 'Escape') this.#close()
    })
    form.addEventListener('focusout', (event) => {
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) this.#close()
    })
    for (const name of OWN) form.addEventListener(name, (event) => event.stopPropagation())
    this.#form = form
    this.#parent.append(form)
    const focused = first === 'width' ? width : level
    focused.focus()
    focused.select()
  }

  #close(): void {
    const form = this.#form
    if (!form) return
    // Removing what has the focus tells of it once more.
    this.#form = null
    form.remove()
    this.#port.closed()
  }
}
