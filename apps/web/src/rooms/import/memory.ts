/**
 * Which import of this person in this project is under way, so that a reload can go on with it. Only its id is kept, never a file's name.
 * One tab at a time has the memory: what a second one sends is an import of its own, and is not remembered.
 */

export interface Memory {
  /** The import that was under way when a page was closed or reloaded. */
  recall(): Promise<string | null>
  keep(importId: string): void
  forget(): void
}

/** True where this page is the one that may use the memory of that name; it holds on to it until it is closed. */
function claim(name: string): Promise<boolean> {
  // Absent where the address is not secure; then there is nothing to ask.
  const locks = (navigator as { locks?: LockManager }).locks
  if (!locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    void locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock === null ? null : new Promise<never>(() => undefined)
    })
  })
}

export function memoryOf(project: string, person: number | string): Memory {
  const name = `consilium.import.${project}.${person}`
  const ours = claim(name)
  // Storage may be forbidden; then a reload begins a new import, and what is here already still is not sent again.
  const quietly = (act: (storage: Storage) => void) =>
    void ours.then((own) => {
      try {
        if (own) act(localStorage)
      } catch {}
    })
  return {
    recall: async () => {
      if (!(await ours)) return null
      try {
        return localStorage.getItem(name)
      } catch {
        return null
      }
    },
    keep: (importId) => quietly((storage) => storage.setItem(name, importId)),
    forget: () => quietly((storage) => storage.removeItem(name)),
  }
}
