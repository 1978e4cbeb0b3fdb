/**
 * Work that is in no record, as a file to keep or to hand on: plain values for people and programs, and beside them the very bytes, so
 * that nothing is lost in the telling.
 */
import type { LostChange } from './lost.ts'
import type { Aside } from './store.ts'

export interface KeptFileParts {
  readonly aside: Aside
  readonly changes: readonly LostChange[]
  readonly document: string
  /** As people say it: "LN-0147"; null where it is not known any more. */
  readonly caseKey: string | null
  readonly person: { readonly id: string; readonly name: string }
}

export interface NamedText {
  readonly name: string
  readonly text: string
}

export function keptFile({ aside, changes, document, caseKey, person }: KeptFileParts): NamedText {
  const at = new Date(aside.at).toISOString()
  const content = {
    format: 'consilium-kept-work',
    version: 1,
    about:
      'Changes to a case that are not in its record, and why. `update` is the whole document as a Yjs update (v1), base64.',
    case: caseKey,
    document,
    person: { id: person.id, name: person.name },
    reason: aside.refusal,
    refusedAt: at,
    oldestChangeAt: new Date(aside.since).toISOString(),
    changes: changes.map(({ root, entry, made, fields, whole }) => ({
      root,
      entry,
      change: made ? 'new' : 'changed',
      fields: Object.fromEntries(fields.map(({ field, mine }) => [field, mine])),
      entryAsItWas: whole,
    })),
    update: base64(aside.state),
  }
  const stamp = at.slice(0, 19).replaceAll(':', '-')
  return {
    name: `${caseKey ?? document.replace(/[^a-z0-9]+/gi, '-')}-kept-work-${stamp}.json`,
    text: `${JSON.stringify(content, null, 2)}\n`,
  }
}

/** As many bytes at a time as a call may have arguments. */
const CHUNK = 0x8000

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

/** Hands the file to the browser's downloads. */
export function download({
  name,
  text,
  type = 'application/json',
}: NamedText & { readonly type?: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // The download has taken what it needs by the next turn.
  setTimeout(() => URL.revokeObjectURL(address))
}
