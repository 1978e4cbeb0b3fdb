/**
 * How somebody is shown whose key was destroyed: by number, so that two of them are told apart and their work stays theirs.
 * The only place where that is said; whatever shows a person comes here when there is no name to be read.
 */
export const erasedPerson = (id: number): { readonly name: string; readonly initials: string } => ({
  name: `Erased person ${id}`,
  initials: '–',
})
