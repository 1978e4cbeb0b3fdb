/** A Yjs update as plain data, in which anything can be made wrong (mutate.ts); bytes.ts writes it down. */
import * as Y from 'yjs'

export interface Id {
  client: number
  clock: number
}

export type Content =
  | { is: 'deleted'; len: number }
  | { is: 'json'; values: unknown[] }
  | { is: 'binary'; bytes: Uint8Array }
  | { is: 'string'; text: string }
  | { is: 'embed'; value: unknown }
  | { is: 'format'; key: string; value: unknown }
  | { is: 'type'; type: number; name: string }
  | { is: 'any'; values: unknown[] }
  | { is: 'doc'; guid: string; options: unknown }

export interface Item {
  is: 'item'
  origin: Id | null
  right: Id | null
  /** A root's name, or the id of the item that holds the shared type. Written only where there is neither origin nor right. */
  parent: string | Id
  sub: string | null
  content: Content
}
export type Struct = Item | { is: 'gc'; len: number } | { is: 'skip'; len: number }

export interface Section {
  client: number
  clock: number
  structs: Struct[]
  /** As it is written; absent: as many as there are. */
  count?: number
}
export interface Deletions {
  client: number
  ranges: { clock: number; len: number }[]
}
export interface Plan {
  sections: Section[]
  deletions: Deletions[]
}

/** How types are numbered in bytes. */
export const TYPES = { list: 0, map: 1, text: 2, element: 3, fragment: 4, hook: 5, xmlText: 6 } as const

export function lengthOf(struct: Struct): number {
  if (struct.is !== 'item') return struct.len
  const { content } = struct
  if (content.is === 'deleted') return content.len
  if (content.is === 'string') return content.text.length
  return content.is === 'any' || content.is === 'json' ? content.values.length : 1
}

/** The plan of an update of ours. */
export function planOf(bytes: Uint8Array): Plan {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const sections: Section[] = []
  for (const struct of structs) {
    const { client, clock } = struct.id
    let section = sections.at(-1)
    if (section?.client !== client) {
      section = { client, clock, structs: [] }
      sections.push(section)
    }
    section.structs.push(structOf(struct))
  }
  const deletions = [...ds.clients].map(([client, ranges]) => ({
    client,
    ranges: ranges.map(({ clock, len }) => ({ clock, len })),
  }))
  return { sections, deletions }
}

function structOf(struct: Y.Item | Y.GC | Y.Skip): Struct {
  if (!(struct instanceof Y.Item)) return { is: struct instanceof Y.GC ? 'gc' : 'skip', len: struct.length }
  return {
    is: 'item',
    origin: struct.origin && { ...struct.origin },
    right: struct.rightOrigin && { ...struct.rightOrigin },
    // As decoded, not as integrated: a name, an id, or nothing.
    parent: parentOf(struct.parent as unknown),
    sub: struct.parentSub,
    content: contentOf(struct.content),
  }
}

const parentOf = (parent: unknown): string | Id =>
  parent instanceof Y.ID ? { ...parent } : typeof parent === 'string' ? parent : ''

function contentOf(content: Y.Item['content']): Content {
  if (content instanceof Y.ContentDeleted) return { is: 'deleted', len: content.len }
  if (content instanceof Y.ContentString) return { is: 'string', text: content.str }
  if (content instanceof Y.ContentAny) return { is: 'any', values: content.arr }
  if (content instanceof Y.ContentType)
    return {
      is: 'type',
      type:
        content.type instanceof Y.Map ? TYPES.map : content.type instanceof Y.Text ? TYPES.text : TYPES.list,
      name: '',
    }
  throw new Error(`no act writes ${content.constructor.name}`)
}

/** As if another clientID had written it, from this clock on: what it says of itself goes along. Of several sections one is left. */
export function rehome({ sections, deletions }: Plan, client: number, clock: number): void {
  sections.splice(1)
  const [first] = sections
  if (!first) return
  const { client: from, clock: begin, structs } = first
  const end = structs.reduce((sum, struct) => sum + lengthOf(struct), begin)
  const moved = (id: Id | null): Id | null =>
    id && id.client === from && id.clock >= begin && id.clock < end
      ? { client, clock: id.clock - begin + clock }
      : id
  for (const struct of structs) {
    if (struct.is !== 'item') continue
    struct.origin = moved(struct.origin)
    struct.right = moved(struct.right)
    if (typeof struct.parent === 'string') struct.sub = struct.sub?.replace(/^\d+/, String(client)) ?? null
    else struct.parent = moved(struct.parent) as Id
  }
  for (const range of deletions)
    for (const one of range.ranges)
      if (range.client === from && one.clock >= begin) {
        range.client = client
        one.clock += clock - begin
      }
  first.client = client
  first.clock = clock
}
