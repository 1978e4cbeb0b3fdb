/**
 * Code of the page that comes when it is first wanted, or before, while nobody waits. It is fetched once; where that failed it is told and
 * asked for again only by whoever says so, because what is painted with each frame would ask a dead line with each frame.
 */
export class LateCode<T> {
  readonly #load: () => Promise<T>
  readonly #watchers = new Set<() => void>()
  #here: T | null = null
  #asked: Promise<void> | null = null
  #hasFailed = false

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  get here(): T | null {
    return this.#here
  }

  /** The last attempt failed, and none has begun since. */
  get hasFailed(): boolean {
    return this.#hasFailed
  }

  /** Ends when it is here or could not be fetched; after that another call tries again. */
  fetch(): Promise<void> {
    this.#asked ??= this.#attempt()
    return this.#asked
  }

  /** Calls when it has come, when it could not be fetched, and when it is tried again. Returns how to stop. */
  on(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  async #attempt(): Promise<void> {
    if (this.#hasFailed) {
      this.#hasFailed = false
      this.#tell()
    }
    try {
      this.#here = await this.#load()
    } catch {
      this.#hasFailed = true
      this.#asked = null
    }
    this.#tell()
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher()
  }
}
