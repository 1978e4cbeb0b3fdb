#!/usr/bin/env node
// Verifies a record of Consilium: an exported folder, without any server, with Node 20 or later and nothing else.
//
//   node verify.mjs <folder> [--key <fingerprint>] [--witness <checkpoints.log>] [--seen <document>:<revision>:<hash>] [--deep] [--json]
//
// It computes every hash and checks every signature again, from what it is given, in this one file that can be read from top to bottom:
//
//   1 chain        each row's hash follows from its author, role, time, place and bytes, and from the row before it
//   2 leases       each row was written under a lease that was issued before, in the same chain, to the person the table says
//   3 checkpoints  numbered without holes, linked, signed by keys that endorse each other; each signs a tree over the heads of all
//                  documents, and every document has that very row with that very hash
//   4 witness      the checkpoints are those that were published elsewhere at the time (--witness: a copy kept by somebody else)
//   5 pages        rows that a reader's own page was told are saved are there (--seen)
//   6 acts         a name and a restore mean a revision that was there before; and where words were taken out of a row, a later row says
//                  who did that and what is left of the bytes: nothing else is, nothing less, and nobody did it who might not
//   7 contents     (--deep) the bytes of each row hold what its header says, under clientIDs of whoever wrote it, without a gap; and the
//                  state of the document, where it is in the record, shows what the rows hold: nothing else, and all that is not gone
//
// Where the audit log is in the record, layers 1 and 3 hold for it too: in the tree of a checkpoint it stands as document 0.
//
// What each of these can find: a change in the middle 1; a change of who held a lease 2; a chain that was written anew, cut, or taken away
// whole, by somebody without the key 3; the same by somebody with the key, or a cut together with its checkpoints 4; rows after the last
// checkpoint that were cut or written anew 5; bytes that were replaced behind the hash that is kept of them 6; a fault of the server that
// wrote it, or a state that was made up 7. Rows in no checkpoint yet are counted as unsealed, not as verified.
//
// The fingerprint of the key must come from elsewhere (--key). A key that is taken from the folder proves only that the folder agrees
// with itself. Exit code: 0 whole, 1 not whole, 2 not understood.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** @typedef {{ n: number, at: number, documents: number, rows: number, root: string, previous: string, key: string, next: string | null, signature: string }} Checkpoint */
/** @typedef {Checkpoint & { heads: [doc: number, seq: number, hash: string][] }} LoggedCheckpoint */
/** @typedef {{ seq: number, at: number, lease: number, clock: number, len: number, act: number, role: number, said: number }} Header */
/** @typedef {Header & { hash: string, bytes: string, bytesHash?: string | null }} Row `bytesHash`: of what the bytes were, where words were taken out */
/** @typedef {{ id: number, client: number, seq: number, person: number, role: number, session: string }} Lease */
/** @typedef {{ document: { id: number, name: string, createdAt: number, seq: number, hash: string | null }, leases: Lease[], people: { person: number, handle: string }[], documents: number[] }} About */
/** @typedef {{ seq: number, hash: string }} Seen */
/** @typedef {{ layer: 'chain' | 'leases' | 'checkpoints' | 'witness' | 'pages' | 'acts' | 'contents' | 'tables', document: string | null, revision: number | null, person: string | null, what: string }} Fault */
/** @typedef {{ n: number, at: number, act: number, role: number, person: number | null, subject: number | null, project: string | null, case: string | null, detail: string, sealed: string | null, hash: string }} AuditRow what is sealed by its hash */
/** @typedef {{ name: string, rows: number, sealed: number, unsealed: number, head: string, erased?: number[] }} DocumentResult */
/** @typedef {{ ok: boolean, key: { fingerprints: string[], given: boolean }, checkpoints: { count: number, latest: string | null, at: number | null }, documents: DocumentResult[], audit: DocumentResult | null, unsealed: number, faults: Fault[] }} Report */
/** @typedef {{ about: About, rows: AsyncIterable<Row>, state?: (() => Promise<Buffer>) | null }} Documented `state`: as of its head, Yjs update format 1 */
/** @typedef {{ checkpoints: AsyncIterable<LoggedCheckpoint>, documents: AsyncIterable<Documented> | Iterable<Documented>, audit?: AsyncIterable<AuditRow> | null }} RecordToVerify */
/** @typedef {{ key?: string | null, witness?: AsyncIterable<{ n: number } & Partial<LoggedCheckpoint> & { hash?: string }> | null, seen?: (Seen & { document: string })[], deep?: boolean }} Options */

const ACT_EDIT = 1
const ACT_LEASE = 2
const ACT_NAME = 5
const ACT_RESTORE = 6
const ACT_REDACT = 7
/** Under none of these the server writes by itself. */
const WRITTEN_BY_PEOPLE = [ACT_EDIT, ACT_RESTORE, ACT_REDACT]
/** Codes of the adjudicator and the manager. */
const ROLES_THAT_REDACT = [3, 4]
/** Of one document; a broken record is broken in many places. */
const MOST_FAULTS = 20
const NOTHING_BEFORE = '00'.repeat(32)

// ---- Hashes --------------------------------------------------------------------------------------------------------------------------

/** @param {...Uint8Array} parts */
const H = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest()
/** @param {string} hex */
const bytesOf = (hex) => Buffer.from(hex, 'hex')
/** @param {number} value */
const int16 = (value) => Buffer.from([value >> 8, value & 255])
/** @param {number} value */
function int32(value) {
  const out = Buffer.alloc(4)
  out.writeInt32BE(value)
  return out
}
/** @param {number} value */
function int64(value) {
  const out = Buffer.alloc(8)
  out.writeBigInt64BE(BigInt(value))
  return out
}

/**
 * leaf = H(0x00 | header | H(bytes)), or H(0x04 | header | said | H(bytes)) where the page said when its change was made.
 * @param {number} doc @param {Header} row @param {Buffer} hashOfBytes
 */
function leafOf(doc, row, hashOfBytes) {
  const place = [int32(doc), int64(row.seq), int64(row.at)]
  const clocks = [int32(row.lease), int32(row.clock), int32(row.len)]
  const header = Buffer.concat(place.concat(clocks, int16(row.act), int16(row.role)))
  if (row.said === 0) return H(Buffer.of(0x00), header, hashOfBytes)
  return H(Buffer.of(0x04), header, int64(row.said), hashOfBytes)
}

/** hash of a row = H(0x02 | hash of the row before | leaf)  @param {Uint8Array} before @param {Uint8Array} leaf */
const linkOf = (before, leaf) => H(Buffer.of(0x02), before, leaf)

/** Stands for the hash before row 1: H(0x03 | length of the name (uint16) | name | document | created at)  @param {About['document']} document */
function originOf({ id, name, createdAt }) {
  const text = Buffer.from(name)
  return H(Buffer.of(0x03), int16(text.length), text, int32(id), int64(createdAt))
}

/** @param {string} key raw, hex */
export const fingerprintOf = (key) => H(bytesOf(key)).toString('hex')

// ---- Checkpoints ---------------------------------------------------------------------------------------------------------------------

/** The lines that are signed.  @param {Checkpoint} c */
const textOf = (c) =>
  `consilium checkpoint 1\nn ${c.n}\nat ${c.at}\ndocuments ${c.documents}\nrows ${c.rows}\nroot ${c.root}\nprevious ${c.previous}\nkey ${c.key}\nnext ${c.next ?? '-'}\n`

/** @param {Checkpoint} c */
export const checkpointHash = (c) => H(Buffer.from(textOf(c)), bytesOf(c.signature)).toString('hex')

/** By the key that it names (RFC 8032; the DER around the key is that of RFC 8410).  @param {Checkpoint} c */
function isSigned(c) {
  const key = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytesOf(c.key)])
  const spki = createPublicKey({ key, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(textOf(c)), spki, bytesOf(c.signature))
}

/** Leaf of the tree: H(0x00 | document | seq | hash of that row)  @param {number} doc @param {number} seq @param {Uint8Array} hash */
const treeLeaf = (doc, seq, hash) => H(Buffer.of(0x00), int32(doc), int64(seq), hash)
/** @param {Uint8Array} left @param {Uint8Array} right */
const nodeOf = (left, right) => H(Buffer.of(0x01), left, right)

/** The tree of RFC 9162 §2.1.1 over the heads of all documents, in the order of their numbers; only what changed is computed anew. */
class Tree {
  /** @type {number[]} */ docs = []
  /** @type {Map<number, { seq: number, hash: string }>} */ heads = new Map()
  /** @type {Buffer[][]} */ levels = [[]]
  rows = 0

  /** @param {LoggedCheckpoint['heads']} heads */
  set(heads) {
    const fresh = heads.map(([doc]) => doc).filter((doc) => !this.heads.has(doc))
    for (const [doc, seq, hash] of heads) {
      this.rows += seq - (this.heads.get(doc)?.seq ?? 0)
      this.heads.set(doc, { seq, hash })
    }
    if (fresh.length > 0) this.docs = [...this.heads.keys()].sort((a, b) => a - b)
    const index = new Map(this.docs.map((doc, i) => [doc, i]))
    const first = fresh.length > 0 ? Number(index.get(Math.min(...fresh))) : this.docs.length
    const changed = new Set(heads.map(([doc]) => Number(index.get(doc))))
    for (let i = first; i < this.docs.length; i++) changed.add(i)
    let above = [...changed]
    let level = /** @type {Buffer[]} */ (this.levels[0])
    for (const i of above) {
      const doc = /** @type {number} */ (this.docs[i])
      const head = /** @type {{ seq: number, hash: string }} */ (this.heads.get(doc))
      level[i] = treeLeaf(doc, head.seq, bytesOf(head.hash))
    }
    for (let height = 1; level.length > 1; height++) {
      const next = (this.levels[height] ??= [])
      above = [...new Set(above.map((i) => i >> 1))]
      for (const i of above) {
        const [left, right] = [/** @type {Buffer} */ (level[2 * i]), level[2 * i + 1]]
        next[i] = right ? nodeOf(left, right) : left
      }
      level = next
    }
  }

  get root() {
    return (this.levels.at(-1)?.[0] ?? H()).toString('hex')
  }
}

/**
 * Layers 3 and 4. What was sealed of each document, and the hash of every checkpoint.
 * @param {RecordToVerify['checkpoints']} checkpoints @param {Options} options @param {(what: string, layer?: Fault['layer']) => void} fault
 */
async function verifyCheckpoints(checkpoints, options, fault) {
  const tree = new Tree()
  /** @type {string[]} hash of checkpoint n at n */
  const hashes = [NOTHING_BEFORE]
  /** @type {Map<number, { seq: number, hash: string, n: number }[]>} by document */
  const sealed = new Map()
  /** @type {Set<string>} */
  const keys = new Set()
  /** @type {LoggedCheckpoint | null} */
  let last = null
  for await (const c of checkpoints) {
    const expected = (last?.n ?? 0) + 1
    if (c.n !== expected) fault(`checkpoint ${expected} is missing`)
    if (c.previous !== (hashes[c.n - 1] ?? '')) fault(`checkpoint ${c.n} does not follow the one before it`)
    if (last && c.key !== (last.next ?? last.key))
      fault(`checkpoint ${c.n} is signed by a key that nobody endorsed`)
    if (!isSigned(c)) fault(`the signature of checkpoint ${c.n} is wrong`)
    if (last && c.at < last.at) fault(`checkpoint ${c.n} is older than the one before it`)
    for (const [doc, seq, hash] of c.heads) {
      if (seq < (tree.heads.get(doc)?.seq ?? 0)) fault(`checkpoint ${c.n} goes back in document ${doc}`)
      const list = sealed.get(doc) ?? []
      sealed.set(doc, list)
      list.push({ seq, hash, n: c.n })
    }
    tree.set(c.heads)
    if (tree.root !== c.root || tree.rows !== c.rows || tree.docs.length !== c.documents)
      fault(`what checkpoint ${c.n} signs are not the heads beside it`)
    hashes[c.n] = checkpointHash(c)
    keys.add(c.key)
    last = c
  }
  const fingerprints = [...keys].map(fingerprintOf)
  const { key, witness } = options
  if (key && !fingerprints.includes(key.toLowerCase()))
    fault('no checkpoint is signed by the key that was given')
  for await (const published of witness ?? []) {
    const { n } = published
    const hash = published.signature ? checkpointHash(/** @type {Checkpoint} */ (published)) : published.hash
    if (!hashes[n]) fault(`checkpoint ${n}, which was published, is not there`, 'witness')
    else if (hashes[n] !== hash) fault(`checkpoint ${n} is not the one that was published`, 'witness')
  }
  return { sealed, fingerprints, last, hashes }
}

// ---- Documents -----------------------------------------------------------------------------------------------------------------------

/** Layout: 1 | client (uint32) | …  or  2 | client (uint64) | …; then person (int32) | length (uint8) | session | sealed identity  @param {Buffer} b */
function decodeLease(b) {
  if (b[0] !== 1 && b[0] !== 2) return null
  const person = b[0] === 2 ? 9 : 5
  if (b.length < person + 5) return null
  return {
    client: b[0] === 2 ? Number(b.readBigUInt64BE(1)) : b.readUInt32BE(1),
    person: b.readInt32BE(person),
    session: b.toString('ascii', person + 5, person + 5 + b.readUInt8(person + 4)),
  }
}

/**
 * What a row took words out of. Layout: 1 | length of the next (uint32) | update | place (2) | length of the next (uint16) | key | how many
 * of the next (uint32) | each a revision (int64) and the hash of the bytes that were left of it | sealed reason
 * @param {Buffer} b
 */
function decodeRedact(b) {
  if (b[0] !== 1) return null
  const place = 5 + b.readUInt32BE(1)
  const list = place + 4 + b.readUInt16BE(place + 2)
  return Array.from({ length: b.readUInt32BE(list) }, (_, n) => {
    const at = list + 4 + 40 * n
    return { seq: Number(b.readBigInt64BE(at)), hash: b.toString('hex', at + 8, at + 40) }
  })
}

/** Layer 6: the rows of one document, in order. */
class Acts {
  /** Hash of the bytes as they are, by revision, where they are not what they were. @type {Map<number, string>} */
  left = new Map()
  /** What the last revision that took words out of it says is left, by revision. @type {Map<number, { by: number, hash: string }>} */
  told = new Map()

  /** @param {Row} row @param {Buffer} bytes @returns {string | null} what is wrong with it */
  faultOf(row, bytes) {
    if (row.bytesHash) this.left.set(row.seq, H(bytes).toString('hex'))
    try {
      if (row.act === ACT_NAME || row.act === ACT_RESTORE) {
        // Layout of both: 1 | revision (int64) | …
        const moment = Number(bytes.readBigInt64BE(1))
        if (bytes[0] !== 1) return 'it is of an unknown form'
        if (row.act === ACT_NAME && (moment < 1 || moment >= row.seq))
          return `it names revision ${moment}, which was not there yet`
        if (moment < 0 || moment >= row.seq)
          return `it goes back to revision ${moment}, which was not there yet`
      }
      return row.act === ACT_REDACT ? this.#redacts(row, decodeRedact(bytes)) : null
    } catch {
      return 'what it says cannot be read'
    }
  }

  /** @param {Row} row @param {ReturnType<typeof decodeRedact>} rows */
  #redacts(row, rows) {
    if (!rows) return 'it is of an unknown form'
    if (!ROLES_THAT_REDACT.includes(row.role)) return 'who took words out of the record might not do that'
    for (const { seq, hash } of rows) this.told.set(seq, { by: row.seq, hash })
    const later = rows.find(({ seq }) => seq < 1 || seq >= row.seq)
    return later ? `it took words out of revision ${later.seq}, which was not there yet` : null
  }

  /** When all rows were seen. @param {(revision: number, what: string) => void} fault */
  end(fault) {
    for (const [seq, hash] of this.left) {
      const told = this.told.get(seq)
      if (!told) fault(seq, 'its bytes were replaced, and no revision says that words were taken out')
      else if (told.hash !== hash) fault(seq, `its bytes are not what revision ${told.by} left of them`)
    }
    for (const [seq, { by }] of this.told)
      if (!this.left.has(seq)) fault(seq, `the words that revision ${by} took out of it are still there`)
  }
}

// ---- What the bytes hold (--deep) ----------------------------------------------------------------------------------------------------

/** Values that a struct holds, one for each clock; null where it holds none any more. @typedef {{ client: number, clock: number, length: number, units: ArrayLike<unknown> | null }} Struct */
/** @typedef {{ structs: Struct[], deleted: Map<number, [clock: number, length: number][]> }} Update */

/** Numbers, texts and values as lib0 writes them. */
class Reader {
  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.bytes = bytes
    this.at = 0
  }

  byte() {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Error('it ends too early')
    return byte
  }

  /** Seven bits at a time, the lowest first. */
  uint() {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.byte()
      value += (byte % 128) * factor
      if (byte < 128) return value
    }
  }

  /** The first byte has the sign and six bits. */
  int() {
    const first = this.byte()
    let value = first % 64
    for (let factor = 64, more = first >= 128; more; factor *= 128) {
      const byte = this.byte()
      value += (byte % 128) * factor
      more = byte >= 128
    }
    return first & 64 ? -value : value
  }

  /** Of a struct. */
  id() {
    return { client: this.uint(), clock: this.uint() }
  }

  /** @param {number} length */
  take(length) {
    this.at += length
    if (this.at > this.bytes.length) throw new Error('it ends too early')
    return this.bytes.subarray(this.at - length, this.at)
  }

  text() {
    return this.take(this.uint()).toString('utf8')
  }

  /** @returns {unknown} */
  value() {
    const type = this.byte()
    if (type === 127 || type === 126) return null
    if (type === 125) return this.int()
    if (type === 124) return this.take(4).readFloatBE()
    if (type === 123) return this.take(8).readDoubleBE()
    if (type === 122) return String(this.take(8).readBigInt64BE())
    if (type === 121 || type === 120) return type === 120
    if (type === 119) return this.text()
    if (type === 118) return Array.from({ length: this.uint() }, () => [this.text(), this.value()])
    if (type === 117) return Array.from({ length: this.uint() }, () => this.value())
    throw new Error(`a value of type ${type} is no part of the record`)
  }
}

/** Yjs' update format 1: for each clientID its structs in the order of clocks; then what is deleted. @param {Buffer} bytes @returns {Update} */
function decodeUpdate(bytes) {
  const reader = new Reader(bytes)
  /** @type {Update} */
  const update = { structs: [], deleted: new Map() }
  for (let clients = reader.uint(); clients > 0; clients--) {
    let count = reader.uint()
    const client = reader.uint()
    for (let clock = reader.uint(); count > 0; count--) {
      const struct = { client, clock, ...structIn(reader) }
      update.structs.push(struct)
      clock += struct.length
    }
  }
  for (let clients = reader.uint(); clients > 0; clients--) {
    const client = reader.uint()
    const ranges = update.deleted.get(client) ?? []
    update.deleted.set(client, ranges)
    for (let count = reader.uint(); count > 0; count--) ranges.push([reader.uint(), reader.uint()])
  }
  return update
}

/** @param {Reader} reader @returns {Pick<Struct, 'length' | 'units'>} */
function structIn(reader) {
  const info = reader.byte()
  const [hasLeft, hasRight, hasKey, content] = [info & 128, info & 64, info & 32, info & 31]
  if (content === 0) return { length: reader.uint(), units: null }
  for (const neighbour of [hasLeft, hasRight]) if (neighbour) reader.id()
  if (!hasLeft && !hasRight) {
    // What it lies in: a root by its name, or a struct.
    if (reader.uint() === 1) reader.text()
    else reader.id()
    if (hasKey) reader.text()
  }
  if (content === 1) return { length: reader.uint(), units: null }
  // An act of painting.
  if (content === 3) return { length: 1, units: [{ bytes: reader.take(reader.uint()).toString('base64') }] }
  if (content === 4) {
    const units = reader.text()
    return { length: units.length, units }
  }
  if (content === 7) return { length: 1, units: [{ type: reader.uint() }] }
  if (content !== 8) throw new Error(`a struct of kind ${content} is no part of the record`)
  const units = Array.from({ length: reader.uint() }, () => reader.value())
  return { length: units.length, units }
}

/** Offset of the Yjs update in the bytes of a row, and its end; null where the row leaves the document as it is. @param {number} act @param {Buffer} bytes */
function updateOf(act, bytes) {
  if (act === ACT_EDIT) return bytes
  if (act === ACT_RESTORE) return bytes.subarray(9)
  return act === ACT_REDACT ? bytes.subarray(5, 5 + bytes.readUInt32BE(1)) : null
}

/** Layer 7: what the rows of one document hold, by clientID and clock; without Yjs, which this must not have to trust. */
class Contents {
  /** Without gaps, in order. @type {Map<number, Struct[]>} */
  structs = new Map()
  /** @type {Map<number, [clock: number, length: number][]>} */
  deleted = new Map()
  /** Who may write under a clientID, as the hashed rows say. @type {Map<number, number>} */
  people = new Map()
  /** @type {Map<number, number>} clientID by lease */
  clients = new Map()

  /** @param {number} lease @param {{ client: number, person: number }} said */
  issue(lease, { client, person }) {
    this.people.set(client, person)
    this.clients.set(lease, client)
  }

  /** @param {number} client */
  end(client) {
    const last = this.structs.get(client)?.at(-1)
    return last ? last.clock + last.length : 0
  }

  /** @param {Row} row @param {Buffer} bytes @returns {string | null} what is wrong with it */
  add(row, bytes) {
    try {
      const update = updateOf(row.act, bytes)
      return update && this.#add(row, decodeUpdate(update))
    } catch (error) {
      return `its bytes are no change of a document (${error instanceof Error ? error.message : error})`
    }
  }

  /** @param {Row} row @param {Update} update */
  #add(row, { structs, deleted }) {
    const own = this.clients.get(row.lease)
    const person = this.people.get(own ?? -1)
    const first = structs.find(({ client }) => client === own)
    let fault = null
    for (const struct of structs) {
      const { client, clock } = struct
      if (clock !== this.end(client)) fault = `it leaves out or repeats what clientID ${client} wrote`
      if (this.people.get(client) !== person)
        fault = `it holds what was written under clientID ${client}, which is somebody else's`
      const list = this.structs.get(client) ?? []
      this.structs.set(client, list)
      list.push(struct)
    }
    const length = first ? this.end(first.client) - first.clock : 0
    if (length !== row.len || (first && first.clock !== row.clock))
      fault = 'its clocks are not those of its bytes'
    for (const [client, ranges] of deleted) {
      const known = this.deleted.get(client) ?? []
      this.deleted.set(client, known)
      for (const range of ranges) known.push(range)
      if (ranges.some(([clock, len]) => clock + len > this.end(client)))
        fault = 'it deletes what nobody wrote'
    }
    return fault
  }

  /**
   * Is all that a state shows in the rows, at its place, and all that the rows hold in the state, unless it is gone?
   * @param {Buffer} state @returns {string | null}
   */
  faultOf(state) {
    try {
      return this.#differenceFrom(decodeUpdate(state))
    } catch {
      return 'it cannot be read'
    }
  }

  /** @param {Update} state */
  #differenceFrom({ structs, deleted }) {
    const gone = isIn(deleted)
    const mustBeGone = isIn(this.deleted)
    /** @type {Map<number, number>} */
    const ends = new Map()
    for (const { client, clock, length, units } of structs) {
      ends.set(client, clock + length)
      const list = this.structs.get(client) ?? []
      for (let n = 0; units && n < length; n++) {
        if (gone(client, clock + n)) continue
        const at = `clock ${clock + n} of clientID ${client}`
        if (mustBeGone(client, clock + n)) return `${at} was deleted, and is there`
        const written = list[indexOf(list, clock + n)]
        const unit = written?.units?.[clock + n - written.clock]
        if (!isSame(unit, units[n])) return `${at} is not what was written`
      }
    }
    for (const client of this.structs.keys())
      if (ends.get(client) !== this.end(client)) return `not all that clientID ${client} wrote is there`
    return ends.size > this.structs.size ? 'there is more than was written' : null
  }
}

/** Half a character whose other half is gone stands as U+FFFD.  @param {unknown} written @param {unknown} shown */
function isSame(written, shown) {
  if (shown === '\ufffd' && typeof written === 'string' && /^[\ud800-\udfff]$/.test(written)) return true
  return written !== undefined && JSON.stringify(written) === JSON.stringify(shown)
}

/** Index of the last that begins at or before the clock.  @param {readonly { clock: number }[]} list @param {number} clock */
function indexOf(list, clock) {
  let [low, high] = [0, list.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (/** @type {{ clock: number }} */ (list[middle]).clock <= clock) low = middle
    else high = middle
  }
  return low
}

/** @param {Update['deleted']} deleted @returns {(client: number, clock: number) => boolean} */
function isIn(deleted) {
  /** @type {Map<number, { clock: number, end: number }[]>} */
  const ranges = new Map()
  for (const [client, list] of deleted) {
    /** @type {{ clock: number, end: number }[]} */
    const joined = []
    for (const [clock, length] of list.toSorted(([a], [b]) => a - b)) {
      const last = joined.at(-1)
      if (last && clock <= last.end) last.end = Math.max(last.end, clock + length)
      else joined.push({ clock, end: clock + length })
    }
    ranges.set(client, joined)
  }
  return (client, clock) => {
    const list = ranges.get(client) ?? []
    const range = list[indexOf(list, clock)]
    return range !== undefined && range.clock <= clock && clock < range.end
  }
}

/**
 * Layers 1, 2, 3, 5, 6 and, with `contents`, 7 of one document.
 * @param {About} about @param {AsyncIterable<Row>} rows @param {{ seq: number, hash: string, n: number }[]} sealed @param {Seen[]} seen
 * @param {(layer: Fault['layer'], revision: number | null, person: string | null, what: string) => void} fault
 * @param {{ contents: Contents, state: (() => Promise<Buffer>) | null } | null} deep
 * @returns {Promise<DocumentResult>}
 */
async function verifyDocument({ document, leases, people }, rows, sealed, seen, fault, deep) {
  const table = new Map(leases.map((lease) => [lease.id, lease]))
  const handles = new Map(people.map(({ person, handle }) => [person, handle]))
  /** Lease to person, as the hashed rows say. @type {Map<number, number>} */
  const issued = new Map()
  const sealedAt = new Map(sealed.map((one) => [one.seq, one]))
  const seenAt = new Map(seen.map((one) => [one.seq, one]))
  const acts = new Acts()
  /** Who wrote a row that another is about. @type {Map<number, string | null>} */
  const writers = new Map()
  let hash = originOf(document)
  let seq = 0
  let at = 0
  /** @param {number} lease */
  const writer = (lease) => {
    const person = issued.get(lease) ?? table.get(lease)?.person
    return person === undefined ? null : (handles.get(person) ?? `person ${person}`)
  }

  for await (const row of rows) {
    /** @param {Fault['layer']} layer @param {string} what */
    const wrong = (layer, what) => fault(layer, row.seq, writer(row.lease), what)
    const bytes = Buffer.from(row.bytes, 'base64')
    if (row.seq !== seq + 1)
      fault('chain', seq + 1, null, row.seq > seq ? 'it is missing' : 'it is there twice or out of order')
    else if (
      !linkOf(hash, leafOf(document.id, row, row.bytesHash ? bytesOf(row.bytesHash) : H(bytes))).equals(
        bytesOf(row.hash),
      )
    )
      wrong('chain', 'its hash does not follow from its contents and the row before it')
    if (row.at < at) wrong('chain', 'its time lies before the row before it')
    if (row.act === ACT_LEASE) {
      const said = decodeLease(bytes)
      const stored = table.get(row.lease)
      if (said) issued.set(row.lease, said.person)
      if (said) deep?.contents.issue(row.lease, said)
      if (!said) wrong('leases', 'it issues a lease in an unknown form')
      else if (!stored) wrong('leases', `lease ${row.lease} is missing from the table of leases`)
      else if (
        stored.client !== said.client ||
        stored.person !== said.person ||
        stored.session !== said.session ||
        stored.role !== row.role ||
        stored.seq !== row.seq
      )
        wrong('leases', `the table of leases gives lease ${row.lease} to somebody else`)
    } else if (!issued.has(row.lease) && (row.lease !== 0 || WRITTEN_BY_PEOPLE.includes(row.act)))
      wrong('leases', `it was written under lease ${row.lease}, which had not been issued`)
    const misused = acts.faultOf(row, bytes)
    if (misused) wrong('acts', misused)
    const unlike = deep?.contents.add(row, bytes)
    if (unlike) wrong('contents', unlike)
    if (row.bytesHash) writers.set(row.seq, writer(row.lease))
    const seal = sealedAt.get(row.seq)
    if (seal && seal.hash !== row.hash)
      wrong('checkpoints', `it is not the revision that checkpoint ${seal.n} signed`)
    const page = seenAt.get(row.seq)
    if (page && page.hash !== row.hash) wrong('pages', 'it is not the revision that a page was told is saved')
    hash = bytesOf(row.hash)
    seq = row.seq
    at = row.at
  }

  if (deep?.state) {
    const unlike = await deep.state().then(
      (state) => deep.contents.faultOf(state),
      () => 'none can be made',
    )
    if (unlike) fault('contents', seq, null, `the state of the document differs from its rows: ${unlike}`)
  }
  acts.end((revision, what) => fault('acts', revision, writers.get(revision) ?? null, what))
  for (const lease of leases)
    if (!issued.has(lease.id)) fault('leases', lease.seq, null, `lease ${lease.id} was never issued`)
  if (seq !== document.seq || (seq > 0 && document.hash !== hash.toString('hex')))
    fault('chain', seq, null, `the journal ends here, and its head says revision ${document.seq}`)
  const last = sealed.at(-1)
  if (last && last.seq > seq)
    fault(
      'checkpoints',
      seq + 1,
      null,
      `it is missing: checkpoint ${last.n} signed revisions up to ${last.seq}`,
    )
  for (const page of seen)
    if (page.seq > seq) fault('pages', page.seq, null, 'it is missing: a page was told that it is saved')
  const covered = Math.min(last?.seq ?? 0, seq)
  return {
    name: document.name,
    rows: seq,
    sealed: covered,
    unsealed: seq - covered,
    head: hash.toString('hex'),
    // Whose key was destroyed nobody can name any more; their work stays theirs.
    erased: [...new Set(issued.values())].filter((person) => !handles.has(person)),
  }
}

// ---- The audit log -------------------------------------------------------------------------------------------------------------------

const AUDIT = { doc: 0, name: 'audit log' }

/**
 * leaf = H(0x10 | n | at | act | role | person | subject | H(project) | H(case) | H(detail) | H(sealed)); what is missing is 0 or empty.
 * @param {AuditRow} row
 */
function auditLeaf(row) {
  const when = [int64(row.n), int64(row.at), int16(row.act), int16(row.role)]
  const who = [int32(row.person ?? 0), int32(row.subject ?? 0)]
  const what = [row.project, row.case, row.detail].map((text) => H(Buffer.from(text ?? '')))
  const sealed = row.sealed === null ? H() : bytesOf(row.sealed)
  return H(Buffer.of(0x10), ...when, ...who, ...what, sealed)
}

/**
 * hash of an entry = H(0x11 | hash of the entry before | leaf), and H(0x12) before entry 1.
 * @param {AsyncIterable<AuditRow>} rows @param {{ seq: number, hash: string, n: number }[]} sealed
 * @param {(layer: Fault['layer'], revision: number | null, person: string | null, what: string) => void} fault
 * @returns {Promise<DocumentResult>}
 */
async function verifyAudit(rows, sealed, fault) {
  const sealedAt = new Map(sealed.map((one) => [one.seq, one]))
  let hash = H(Buffer.of(0x12))
  let n = 0
  let at = 0
  for await (const row of rows) {
    /** @param {Fault['layer']} layer @param {string} what */
    const wrong = (layer, what) =>
      fault(layer, row.n, row.person === null ? null : `person ${row.person}`, what)
    if (row.n !== n + 1)
      fault('chain', n + 1, null, row.n > n ? 'it is missing' : 'it is there twice or out of order')
    else if (!H(Buffer.of(0x11), hash, auditLeaf(row)).equals(bytesOf(row.hash)))
      wrong('chain', 'its hash does not follow from its contents and the entry before it')
    if (row.at < at) wrong('chain', 'its time lies before the entry before it')
    const seal = sealedAt.get(row.n)
    if (seal && seal.hash !== row.hash)
      wrong('checkpoints', `it is not the entry that checkpoint ${seal.n} signed`)
    hash = bytesOf(row.hash)
    n = row.n
    at = row.at
  }
  const last = sealed.at(-1)
  if (last && last.seq > n)
    fault('checkpoints', n + 1, null, `it is missing: checkpoint ${last.n} signed entries up to ${last.seq}`)
  const covered = Math.min(last?.seq ?? 0, n)
  return { name: AUDIT.name, rows: n, sealed: covered, unsealed: n - covered, head: hash.toString('hex') }
}

// ---- The whole record ----------------------------------------------------------------------------------------------------------------

/** @param {RecordToVerify} record @param {Options} options @returns {Promise<Report>} */
export async function verifyRecord(record, options = {}) {
  /** @type {Fault[]} */
  const faults = []
  const log = await verifyCheckpoints(record.checkpoints, options, (what, layer = 'checkpoints') =>
    faults.push({ layer, document: null, revision: null, person: null, what }),
  )
  /** @type {DocumentResult[]} */
  const documents = []
  /** @type {Set<number>} */
  const there = new Set()
  for await (const { about, rows, state = null } of record.documents) {
    const { id, name } = about.document
    for (const one of about.documents.concat(id)) there.add(one)
    const seen = (options.seen ?? []).filter((one) => one.document === name)
    let count = 0
    const result = await verifyDocument(
      about,
      rows,
      log.sealed.get(id) ?? [],
      seen,
      (layer, revision, person, what) => {
        if (count++ < MOST_FAULTS) faults.push({ layer, document: name, revision, person, what })
      },
      options.deep ? { contents: new Contents(), state } : null,
    )
    documents.push(result)
  }
  let count = 0
  const audit = record.audit
    ? await verifyAudit(record.audit, log.sealed.get(AUDIT.doc) ?? [], (layer, revision, person, what) => {
        if (count++ < MOST_FAULTS) faults.push({ layer, document: AUDIT.name, revision, person, what })
      })
    : null
  // An audit log that was taken away by itself says nothing of the documents.
  const complete = documents.length > 0 || !audit
  for (const [doc, list] of log.sealed)
    if (complete && doc !== AUDIT.doc && !there.has(doc))
      faults.push({
        layer: 'checkpoints',
        document: `number ${doc}`,
        revision: list.at(-1)?.seq ?? null,
        person: null,
        what: 'the whole document is missing, which checkpoints signed up to this revision',
      })
  for (const { document, seq } of options.seen ?? [])
    if (!documents.some(({ name }) => name === document))
      faults.push({
        layer: 'pages',
        document,
        revision: seq,
        person: null,
        what: 'the whole document is missing',
      })
  return {
    ok: faults.length === 0,
    key: { fingerprints: log.fingerprints, given: Boolean(options.key) },
    checkpoints: {
      count: log.hashes.length - 1,
      latest: log.last ? (log.hashes[log.last.n] ?? null) : null,
      at: log.last?.at ?? null,
    },
    documents,
    audit,
    unsealed: documents.reduce((sum, { unsealed }) => sum + unsealed, 0),
    faults,
  }
}

// ---- The proof of one revision -------------------------------------------------------------------------------------------------------

/** @typedef {{ document: number, row: Header & { bytes: string }, before: string, links: string, head: Seen, index: number, path: string[], checkpoint: Checkpoint }} Proof */

/**
 * Null where it holds: the row, the leaves after it up to the head, the path up the tree (RFC 9162 §2.1.3.2), the signature.
 * @param {Proof} proof @param {string | null} key fingerprint, from elsewhere
 * @returns {string | null} what is wrong
 */
export function verifyProof(proof, key) {
  const { document, row, head, checkpoint } = proof
  let hash = linkOf(bytesOf(proof.before), leafOf(document, row, bytesOf(row.bytes)))
  const links = Buffer.from(proof.links, 'base64')
  if (links.length !== 32 * (head.seq - row.seq)) return 'the rows up to the head are not all there'
  for (let i = 0; i < links.length; i += 32) hash = linkOf(hash, links.subarray(i, i + 32))
  if (hash.toString('hex') !== head.hash) return 'the row does not lead to the head of its document'
  let node = treeLeaf(document, head.seq, hash)
  let [index, last] = [proof.index, checkpoint.documents - 1]
  if (index > last) return 'the document is not in the tree'
  for (const sibling of proof.path) {
    if (last === 0) return 'the path is too long'
    if (index % 2 === 1 || index === last) {
      node = nodeOf(bytesOf(sibling), node)
      while (index % 2 === 0 && index !== 0) [index, last] = [index >> 1, last >> 1]
    } else node = nodeOf(node, bytesOf(sibling))
    ;[index, last] = [index >> 1, last >> 1]
  }
  if (last !== 0 || node.toString('hex') !== checkpoint.root)
    return 'the head does not lead to the root of the checkpoint'
  if (!isSigned(checkpoint)) return 'the signature of the checkpoint is wrong'
  if (key && fingerprintOf(checkpoint.key) !== key.toLowerCase())
    return 'the checkpoint is signed by another key'
  return null
}

// ---- Folders -------------------------------------------------------------------------------------------------------------------------

/** One JSON value per line.  @param {string} path @returns {AsyncGenerator<any>} */
export async function* linesOf(path) {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    if (line.trim() !== '') yield JSON.parse(line)
}

/** @param {string} path */
const stateIn = (path) => (existsSync(path) ? async () => readFileSync(path) : null)

/** @param {string} folder @returns {RecordToVerify} */
export function recordIn(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  if (manifest.format !== 'consilium history 1') throw new Error(`${folder} is not an export of this version`)
  return {
    audit: manifest.audit ? linesOf(join(folder, 'audit.ndjson')) : null,
    checkpoints: linesOf(join(folder, 'checkpoints.ndjson')),
    documents: manifest.documents.map((/** @type {string} */ name) => ({
      about: JSON.parse(readFileSync(join(folder, 'documents', name, 'about.json'), 'utf8')),
      rows: linesOf(join(folder, 'documents', name, 'journal.ndjson')),
      state: stateIn(join(folder, 'documents', name, 'state.yjs')),
    })),
  }
}

/** `<document>:<revision>:<hash>`  @param {string} text */
export function seenOf(text) {
  const parsed = /^(.+):(\d+):([0-9a-f]{64})$/i.exec(text)
  if (!parsed) throw new Error(`--seen: "${text}" is not like panel:<case id>:<revision>:<hash>.`)
  return { document: String(parsed[1]), seq: Number(parsed[2]), hash: String(parsed[3]).toLowerCase() }
}

/** @param {Report} report */
export function inWords(report) {
  const { documents, audit, faults, key, checkpoints, unsealed } = report
  const lines = documents.map(
    (d) => `${d.name}: ${d.rows} revisions, ${d.sealed} sealed by a checkpoint, ${d.unsealed} not sealed yet`,
  )
  if (audit)
    lines.push(
      `${audit.name}: ${audit.rows} entries, ${audit.sealed} sealed by a checkpoint, ${audit.unsealed} not sealed yet`,
    )
  for (const { layer, document, revision, person, what } of faults) {
    const number = `${document === AUDIT.name ? 'entry' : 'revision'} ${revision}`
    const place = [document, revision === null ? null : number, person && `by ${person}`]
    lines.push(`FAULT (${layer}) ${place.filter(Boolean).join(', ')}: ${what}`.replace(') :', '):'))
  }
  const erased = [...new Set(documents.flatMap((d) => d.erased ?? []))].sort((a, b) => a - b)
  if (erased.length > 0)
    lines.push(`By people who were erased: ${erased.map((person) => `Erased person ${person}`).join(', ')}`)
  const { count, latest, at } = checkpoints
  lines.push(
    latest === null || at === null
      ? 'There is no checkpoint: nothing is signed.'
      : `${count} checkpoints, the latest ${latest} of ${new Date(at).toISOString()}`,
  )
  const named = key.fingerprints.join(', ') || 'none'
  lines.push(
    key.given
      ? `Key: ${named}, of which one was given`
      : `Key: ${named}, TAKEN FROM THE RECORD ITSELF: whoever could change the record could change the key. Compare it with the fingerprint you were given, or use --key.`,
  )
  const left = unsealed > 0 ? `; ${unsealed} revisions are not sealed yet` : ''
  lines.push(report.ok ? `Whole${left}.` : `NOT WHOLE: ${faults.length} faults${left}.`)
  return lines.join('\n')
}

/** @param {string[]} args */
async function main(args) {
  /** @type {Options} */
  const options = { seen: [] }
  let folder = null
  let json = false
  try {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]
      const value = () => {
        const next = args[++i]
        if (next === undefined) throw new Error(`${arg} needs a value`)
        return next
      }
      if (arg === '--json') json = true
      else if (arg === '--deep') options.deep = true
      else if (arg === '--key') options.key = value()
      else if (arg === '--seen') options.seen?.push(seenOf(value()))
      else if (arg === '--witness') options.witness = linesOf(value())
      else if (arg === undefined || arg.startsWith('-') || folder !== null)
        throw new Error(`${arg} is not understood`)
      else folder = arg
    }
    if (folder === null || !existsSync(join(folder, 'manifest.json')))
      throw new Error('name an exported folder')
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}\nnode verify.mjs <folder> [--key <fingerprint>] [--witness <checkpoints.log>] [--seen <document>:<revision>:<hash>] [--deep] [--json]`,
    )
    return 2
  }
  try {
    const report = await verifyRecord(recordIn(folder), options)
    console.log(json ? JSON.stringify(report, null, 2) : inWords(report))
    return report.ok ? 0 : 1
  } catch (error) {
    console.error(`NOT WHOLE: it cannot be read (${error instanceof Error ? error.message : error}).`)
    return 1
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2))
