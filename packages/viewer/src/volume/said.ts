/** One sentence in the middle of the pane instead of a picture, with something to do about it where there is. */

export class Said {
  readonly #element: HTMLElement
  readonly #text: HTMLElement
  readonly #button: HTMLButtonElement

  constructor(parent: HTMLElement, again: () => void) {
    this.#element = parent.appendChild(document.createElement('div'))
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
  show(sentence: string | null, mayTryAgain = false): void {
    this.#element.hidden = sentence === null
    this.#text.textContent = sentence
    this.#button.hidden = !mayTryAgain
  }
}
