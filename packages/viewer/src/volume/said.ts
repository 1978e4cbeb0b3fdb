/** One sentence in the middle of the pane instead of a picture, with something to do about it where there is. */

interface Saying {
  readonly mayTryAgain?: boolean
  /** The picture is on its way. */
  readonly isBusy?: boolean
}

export class Said {
  readonly #pane: HTMLElement
  readonly #picture: HTMLElement
  readonly #element: HTMLElement
  readonly #text: HTMLElement
  readonly #button: HTMLButtonElement

  constructor(pane: HTMLElement, picture: HTMLElement, again: () => void) {
    this.#pane = pane
    this.#picture = picture
    this.#element = pane.appendChild(document.createElement('div'))
    this.#element.className = 'cs-said'
    this.#element.role = 'status'
    this.#element.hidden = true
    this.#text = this.#element.appendChild(document.createElement('span'))
    this.#button = this.#element.appendChild(document.createElement('button'))
    this.#button.type = 'button'
    this.#button.textContent = 'Try again'
    this.#button.addEventListener('click', again)
  }

  /** Null: there is a picture. */
  show(sentence: string | null, { mayTryAgain = false, isBusy = false }: Saying = {}): void {
    this.#element.hidden = sentence === null
    this.#text.textContent = sentence
    this.#button.hidden = !mayTryAgain
    this.#pane.dataset.state = sentence === null ? 'picture' : 'said'
    // Not on the pane: what is said in something busy is read out only once it is done.
    this.#picture.ariaBusy = String(isBusy)
  }

  /** What the picture waits for. */
  wait(sentence: string | null): void {
    this.show(sentence, { isBusy: sentence !== null })
  }
}
