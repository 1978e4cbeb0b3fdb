/**
 * Words that were typed and not sent yet, kept in this browser until they are: a closed tab, a reload or an ended session takes none of
 * them. Per person and document, as everything kept here.
 */
export interface Typed {
  get(field: string): string
  /** '' forgets it. */
  set(field: string, text: string): void
}

/** Where the browser keeps nothing, words last as long as the page. */
export function openTyped(
  person: string,
  document: string,
  storage: () => Storage = () => localStorage,
): Typed {
  const keyOf = (field: string): string => `consilium/typed/${person}/${document}/${field}`
  return {
    get(field) {
      try {
        return storage().getItem(keyOf(field)) ?? ''
      } catch {
        return ''
      }
    },
    set(field, text) {
      try {
        if (text === '') storage().removeItem(keyOf(field))
        else storage().setItem(keyOf(field), text)
      } catch {
        // Refused or full: then only this page holds them, as before.
      }
    },
  }
}
