/**
 * Who made what one sees of an entry, for every field, vertex and character. Where it was written is read off the entry; which row wrote
 * it is looked up in the journal's index of clocks, all of it in one query.
 */
import type { Blame, Credit } from '@consilium/contract/history'
import type { Book } from '../journal/book.ts'
import type { Mark, MarkedRun, Marks } from './marks.ts'
import { type NumberedEntry, type Past, rowsTouching } from './past.ts'
import { personOf, writerOf } from './writer.ts'

/** Clocks [from, to) were written in one revision. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly seq: number
}

/** Null where the entry is not there at that revision. */
export async function blame(past: Past, book: Book, entry: NumberedEntry, at: number): Promise<Blame | null> {
  const answer = await past.inTurn(async () => {
    const { pages } = await rowsTouching(past.sql, [entry], { doc: book.doc, from: 0, to: at })
    return past.travel.ask({ asked: 'marks', entry, rows: pages })
  })
  const marks: Marks | null = JSON.parse(Buffer.from(answer).toString())
  if (!marks) return null
  const single = [...marks.fields, ...marks.vertices].map(
    ([, client, clock]): MarkedRun => [client, clock, 1],
  )
  const runs = [...single, ...marks.texts.flatMap(([, list]) => list)]
  const { pieces, credits } = await lookUp(past, book, runs)
  let next = 0
  const creditFor = ([name]: Mark): [string, Credit] => [name, creditOf(credits, pieces[next++]?.[0])]
  const textFor = ([field, list]: Marks['texts'][number]): [string, Blame['texts'][string]] => [
    field,
    spread(
      list.flatMap((run) => cut(run, pieces[next++] ?? [])),
      credits,
    ),
  ]
  // In this order: so were they asked for.
  const fields = Object.fromEntries(marks.fields.map(creditFor))
  const vertices = Object.fromEntries(marks.vertices.map(creditFor))
  return { fields, vertices, texts: Object.fromEntries(marks.texts.map(textFor)) }
}

type Credits = ReadonlyMap<number, Credit>

function creditOf(credits: Credits, piece: { readonly seq: number } | undefined): Credit {
  const credit = piece && credits.get(piece.seq)
  if (!credit) throw new Error('something in the document was written in no row')
  return credit
}

const cut = ([, clock, length]: MarkedRun, pieces: readonly Piece[]): Piece[] =>
  pieces.map(({ from, to, seq }) => ({
    from: Math.max(from, clock),
    to: Math.min(to, clock + length),
    seq,
  }))

/** Neighbours of one revision are one run. */
function spread(pieces: readonly Piece[], credits: Credits): Blame['texts'][string] {
  const runs: { seq: number; length: number }[] = []
  for (const { from, to, seq } of pieces) {
    const last = runs.at(-1)
    if (last?.seq === seq) last.length += to - from
    else runs.push({ seq, length: to - from })
  }
  return runs.map((run) => ({ ...creditOf(credits, run), length: run.length }))
}

interface Found {
  /** Number of the run (from 1), first clock, clock after the last, revision. */
  readonly pieces: readonly [number, number, number, number][] | null
  readonly rows: readonly [seq: number, at: number, lease: number, role: number, act: number][] | null
}

/** In the order of the runs: the pieces of each, in order. */
async function lookUp(
  { sql, vault }: Past,
  book: Book,
  runs: readonly MarkedRun[],
): Promise<{ pieces: Piece[][]; credits: Credits }> {
  const column = (of: (run: MarkedRun) => number) => `{${runs.map(of).join()}}`
  const leases = column(([client]) => book.leases.byClient.get(client)?.id ?? 0)
  const from = column(([, clock]) => clock)
  const to = column(([, clock, length]) => clock + length)
  // JSON: to read one array is much less work than to read thousands of rows.
  const [found] = await sql<[Found]>`
    with run as (
      select * from unnest(${leases}::int[], ${from}::int[], ${to}::int[]) with ordinality as r (lease, first, past, n)
    ), piece as (
      select n, range.clock, range.clock + range.len as past, range.seq
      from run cross join lateral (
        select clock, len, seq from revision where lease = run.lease and len > 0 and clock < run.past and clock >= coalesce(
          (select max(clock) from revision where lease = run.lease and len > 0 and clock <= run.first), run.first)
        union all
        select clock, len, seq from span where lease = run.lease and clock < run.past and clock >= coalesce(
          (select max(clock) from span where lease = run.lease and clock <= run.first), run.first)
      ) as range
      where range.clock + range.len > run.first
    )
    select (select json_agg(json_build_array(n, clock, past, seq) order by n, clock) from piece) as pieces,
      (select json_agg(json_build_array(seq, at, lease, role, act)) from revision
       where doc = ${book.doc} and seq = any(array(select seq from piece))) as rows`
  const pieces: Piece[][] = runs.map(() => [])
  for (const [n, first, past, seq] of found.pieces ?? []) pieces[n - 1]?.push({ from: first, to: past, seq })
  const credits = new Map<number, Credit>()
  for (const [seq, at, lease, role, act] of found.rows ?? []) {
    const person = await personOf(vault, book, { lease, act, words: null })
    credits.set(seq, { seq, at, writer: writerOf(person, role) })
  }
  return { pieces, credits }
}
