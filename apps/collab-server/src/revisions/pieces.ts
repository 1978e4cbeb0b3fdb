/**
 * Cuts a document into updates that are applied one after the other, each in a short time and none leaving a hole: what a struct needs
 * (what it stands beside, what it stands in) comes in the same piece or before. Same order as Yjs' own integration: clientID by clientID,
 * and where another's struct is needed first, so much of that one.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

export interface Size {
  /** A piece ends with the first struct that reaches one of them. */
  readonly structs: number
  readonly bytes: number
}

/** Updates without what was deleted: structs that were are marked as such themselves. */
export function* piecesOf(ydoc: Y.Doc, size: Size): Generator<Uint8Array, void> {
  let piece = new Piece()
  for (const step of inOrder(ydoc.store.clients)) {
    piece.add(step)
    if (piece.structs < size.structs && piece.bytes < size.bytes) continue
    yield piece.encode()
    piece = new Piece()
  }
  if (piece.structs > 0) yield piece.encode()
}

type Struct = Y.Item | Y.GC

interface Step {
  readonly client: number
  readonly structs: readonly Struct[]
  readonly index: number
}

/** Every struct once, after all that it needs. */
function* inOrder(clients: ReadonlyMap<number, readonly Struct[]>): Generator<Step, void> {
  const reached = new Map<number, number>()
  const next = new Map<number, number>()
  for (const client of [...clients.keys()].sort((a, b) => b - a)) {
    /** Each is needed up to its clock before the one below it can go on. */
    const stack = [{ client, until: Number.POSITIVE_INFINITY }]
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const structs = clients.get(top.client) ?? []
      const index = next.get(top.client) ?? 0
      const struct = structs[index]
      if (!struct || (reached.get(top.client) ?? 0) > top.until) {
        stack.pop()
        continue
      }
      const need = needOf(struct).find(({ client, clock }) => clock >= (reached.get(client) ?? 0))
      if (need) {
        if (stack.some((one) => one.client === need.client)) throw new Error('structs need each other')
        stack.push({ client: need.client, until: need.clock })
        continue
      }
      yield { client: top.client, structs, index }
      next.set(top.client, index + 1)
      reached.set(top.client, struct.id.clock + struct.length)
    }
  }
}

function needOf(struct: Struct): Y.ID[] {
  if (!(struct instanceof Y.Item)) return []
  const { origin, rightOrigin, id } = struct
  const needs = [origin, rightOrigin]
  // Only then is the parent written; else it is that of its neighbour.
  if (!origin && !rightOrigin) needs.push((struct.parent as Y.AbstractType<unknown>)._item?.id ?? null)
  return needs.filter((need) => need !== null).filter(({ client }) => client !== id.client)
}

/** Structs of one piece: one run for each clientID. */
class Piece {
  structs = 0
  bytes = 0
  readonly #runs = new Map<number, { structs: readonly Struct[]; from: number; to: number }>()

  add({ client, structs, index }: Step): void {
    const run = this.#runs.get(client)
    if (run) run.to = index + 1
    else this.#runs.set(client, { structs, from: index, to: index + 1 })
    this.structs += 1
    this.bytes += aboutBytes(structs[index] as Struct)
  }

  encode(): Uint8Array {
    const encoder = new Y.UpdateEncoderV1()
    encoding.writeVarUint(encoder.restEncoder, this.#runs.size)
    for (const [client, { structs, from, to }] of this.#runs) {
      encoding.writeVarUint(encoder.restEncoder, to - from)
      encoder.writeClient(client)
      encoding.writeVarUint(encoder.restEncoder, structs[from]?.id.clock ?? 0)
      for (let i = from; i < to; i++) structs[i]?.write(encoder, 0)
    }
    encoding.writeVarUint(encoder.restEncoder, 0)
    return encoder.toUint8Array()
  }
}

/** Length counts characters and elements; ids and headers are some 16 bytes. */
const aboutBytes = (struct: Struct): number => {
  if (!(struct instanceof Y.Item) || struct.deleted) return 16
  const { content } = struct
  return 16 + (content instanceof Y.ContentBinary ? content.content.byteLength : struct.length * 2)
}
