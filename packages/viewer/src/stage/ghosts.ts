/** Peers who look at another picture: a small button at the edge towards which their slice lies. A press goes there. */
import { type Extent, frameWords, momentOf, placeOf } from '../panes/moments.ts'
import type { ScreenRect } from './camera.ts'
import type { ScenePeer } from './scene.ts'

export class Ghosts {
  readonly #up: HTMLElement
  readonly #down: HTMLElement
  readonly #go: (peer: ScenePeer) => void
  readonly #buttons = new Map<string, HTMLButtonElement>()
  #peers = new Map<string, ScenePeer>()
  #here: { readonly frame: number; readonly extent: Extent | null } = { frame: 0, extent: null }

  constructor(parent: HTMLElement, go: (peer: ScenePeer) => void) {
    this.#go = go
    const side = (name: 'up' | 'down'): HTMLElement => {
      const element = parent.appendChild(document.createElement('div'))
      element.className = 'cs-ghosts'
      element.dataset.side = name
      return element
    }
    this.#up = side('up')
    this.#down = side('down')
  }

  /** Where they lie on the picture, so that no tag goes below them. */
  taken(): readonly ScreenRect[] {
    return [...this.#buttons.values()].map((button) => {
      const side = button.parentElement
      return {
        x: button.offsetLeft + (side?.offsetLeft ?? 0),
        y: button.offsetTop + (side?.offsetTop ?? 0),
        width: button.offsetWidth,
        height: button.offsetHeight,
      }
    })
  }

  /** Lower slice numbers are up, as on the slice bar; on the same slice earlier moments. */
  show(peers: readonly ScenePeer[], frame: number, extent: Extent | null): void {
    this.#here = { frame, extent }
    const away = peers.filter((peer) => peer.frame !== frame)
    this.#peers = new Map(away.map((peer) => [peer.id, peer]))
    for (const [id, button] of this.#buttons) {
      if (this.#peers.has(id)) continue
      button.remove()
      this.#buttons.delete(id)
    }
    if (extent === null) return
    const here = order(frame, extent)
    for (const peer of away) this.#write(this.#buttonOf(peer), peer, order(peer.frame, extent) < here, extent)
  }

  /** The picture is the one it was. */
  follow(peers: readonly ScenePeer[]): void {
    this.show(peers, this.#here.frame, this.#here.extent)
  }

  #buttonOf(peer: ScenePeer): HTMLButtonElement {
    const known = this.#buttons.get(peer.id)
    if (known) return known
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'cs-ghost'
    button.addEventListener('click', () => {
      const now = this.#peers.get(peer.id)
      if (now) this.#go(now)
    })
    for (const part of ['cs-person', 'cs-ghost-name', 'cs-ghost-slice']) {
      button.appendChild(document.createElement('span')).className = part
    }
    this.#buttons.set(peer.id, button)
    return button
  }

  #write(button: HTMLButtonElement, peer: ScenePeer, up: boolean, extent: Extent): void {
    const side = up ? this.#up : this.#down
    if (button.parentElement !== side) side.append(button)
    const where = frameWords(peer.frame, extent)
    const words = [initialsOf(peer), peer.name, `· ${where} ${up ? '↑' : '↓'}`]
    words.forEach((word, i) => {
      const part = button.children[i]
      if (part && part.textContent !== word) part.textContent = word
    })
    const label = `${peer.name} is on ${where}. Go there.`
    if (button.ariaLabel !== label) button.ariaLabel = label
    button.style.setProperty('--person', peer.colour)
    button.toggleAttribute('data-idle', peer.idle)
  }
}

/** By slices, then by moments. */
const order = (frame: number, extent: Extent): number =>
  placeOf(frame, extent) * extent.moments + momentOf(frame, extent)

export function initialsOf(peer: Pick<ScenePeer, 'name' | 'initials'>): string {
  if (peer.initials) return peer.initials
  const words = peer.name.split(/[\s.]+/).filter((word) => /^\p{L}/u.test(word))
  const first = words[0] ?? ''
  const last = words.at(-1) ?? ''
  return (words.length > 1 ? `${first[0] ?? ''}${last[0] ?? ''}` : first.slice(0, 2)).toUpperCase()
}
