/**
 * An import as the page drives it, against a server that is late, forgets or goes away. Longer than other files: one rig, and all that can
 * happen to it.
 */
import { Refusal } from '@consilium/contract/refusals'
import { BATCH_BYTES, BATCH_FILES, PART_BYTES } from '@consilium/contract/travel'
import { describe, expect, test, vi } from 'vitest'
import { Unreachable } from '../../errors.ts'
import { tally } from './progress.ts'
import { CONCURRENCY } from './run.ts'
import { newMemory, picked, result, Server } from './testing/server.ts'
import { newUpload } from './upload.ts'

const gathered = (...paths: string[]) => ({ files: paths.map((path) => picked(path)), leftOut: 0 })
/** So large that no two of them travel together. */
const apart = (...paths: string[]) => ({
  files: paths.map((path) => picked(path, BATCH_BYTES / 2 + 1)),
  leftOut: 0,
})
/** Waits that are over at the next turn of the event loop. */
const clock = { now: () => 0, wait: () => new Promise<void>((resolve) => setTimeout(resolve)) }
/** Patient: the machine may be busy. */
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, 60_000)

function rig(server = new Server(), memory = newMemory()) {
  const cases = vi.fn()
  const upload = newUpload(server, memory, cases, clock)
  const stage = (name: string) => until(() => expect(upload.progress.stage).toBe(name))
  const states = () => upload.files().map((file) => file.state)
  return { server, memory, cases, upload, stage, states }
}

function held(server: Server): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.gate = promise
  return resolve
}

describe('sending', () => {
  test('small files together, in order, in one import, and sorted at the end', async () => {
    const { server, upload, stage, cases } = rig()
    upload.add(gathered('a', 'b', 'c', 'd'))
    await until(() => expect(server.of('known')).toEqual(['a b c d']))
    await stage('done')
    expect(server.of('send')).toEqual(['a b c d'])
    expect(server.asked.filter((one) => one === 'open' || one === 'finish')).toEqual(['open', 'finish'])
    expect(cases).toHaveBeenCalledOnce()
  })

  test('never more than a few on their way', async () => {
    const { server, upload } = rig()
    // Only the sends are held.
    const send = server.send
    const { promise, resolve } = Promise.withResolvers<void>()
    server.send = async (...all) => {
      const answer = send(...all)
      await promise
      return answer
    }
    upload.add(apart('a', 'b', 'c', 'd', 'e'))
    await until(() => expect(server.of('send')).toHaveLength(CONCURRENCY))
    await clock.wait()
    expect(server.of('send')).toHaveLength(CONCURRENCY)
    resolve()
    await until(() => expect(upload.progress.stage).toBe('done'))
    expect(server.of('send')).toHaveLength(5)
  })

  test('no more together than a batch may have, and a large file by itself', async () => {
    const { server, upload, stage } = rig()
    const many = Array.from({ length: BATCH_FILES + 2 }, (_, k) => `f${k}`)
    const large = picked('large', PART_BYTES + 1)
    upload.add({ files: [large, ...gathered(...many).files], leftOut: 0 })
    await stage('done')
    const sent = server.of('send').map((paths) => paths.split(' '))
    expect(sent.flat()).toEqual(many)
    expect(Math.max(...sent.map((paths) => paths.length))).toBeLessThanOrEqual(BATCH_FILES)
    expect(server.of('part')).toHaveLength(2)
  })

  test('[W110] what is here is not sent again', async () => {
    const { server, upload, stage, states } = rig()
    upload.add(gathered('a', 'b'))
    await stage('done')
    server.asked.length = 0
    const second = rig(server)
    second.upload.add(gathered('a', 'b', 'c'))
    await second.stage('done')
    expect(server.of('send')).toEqual(['c'])
    expect(states()).toEqual(['stored', 'stored'])
    expect(second.states()).toEqual(['already-here', 'already-here', 'stored'])
  })

  test('each outcome keeps its reason, stops nobody, and is counted, in archives one by one', async () => {
    const { server, upload, stage } = rig()
    server.outcomes['b'] = { status: 'refused', reason: 'Not an image.' }
    server.outcomes['c'] = { status: 'left-out', reason: 'A report.' }
    const inside = ['stored', 'held'].map((status) => ({ name: `z › ${status}`, status, reason: null }))
    server.outcomes['z'] = { status: 'stored', inside } as object
    upload.add(gathered('a', 'b', 'c', 'z'))
    await stage('done')
    expect(upload.progress.tally).toMatchObject({ files: 4, settled: 4 })
    expect(upload.progress.tally.outcomes).toMatchObject({ stored: 2, held: 1, refused: 1, 'left-out': 1 })
    // Kept by difference, it must be what counting anew gives.
    expect(upload.progress.tally).toEqual(tally(upload.files()))
    expect(upload.files()[1]).toMatchObject({ state: 'refused', reason: 'Not an image.' })
  })

  test('paused, nothing new is sent; resumed, it goes on', async () => {
    const { server, upload, stage } = rig()
    const release = held(server)
    upload.add(gathered('a', 'b', 'c', 'd'))
    await until(() => expect(server.asked).toEqual(['open']))
    upload.pause()
    release()
    await clock.wait()
    await clock.wait()
    expect(server.of('send')).toEqual([])
    upload.resume()
    await stage('done')
    expect(server.of('send')).toEqual(['a b c d'])
  })

  test('a file that cannot be read here is said to be so, and the others wait for a word', async () => {
    const { server, upload, stage, states } = rig()
    server.unreadable.add('b')
    upload.add(gathered('a', 'b'))
    await stage('failed')
    expect(states()).toEqual(['stored', 'lost'])
    expect(server.asked).not.toContain('finish')
    upload.goOn()
    await stage('done')
    expect(server.asked).toContain('finish')
  })
})

describe('[W111] a large file travels in parts', () => {
  const large = { files: [picked('big', 2.5 * PART_BYTES)], leftOut: 0 }

  test('one after the other, until the server says what became of it', async () => {
    const { server, upload, stage, states } = rig()
    upload.add(large)
    await stage('done')
    expect(server.of('part')).toEqual(['big 0', 'big 1', 'big 2'])
    expect(states()).toEqual(['stored'])
  })

  test.each(['lose', 'loseAnswer'] as const)(
    'a broken connection costs one part at most: %s',
    async (how) => {
      const { server, upload, stage } = rig()
      server[how].push({ act: 'part big 1', error: new Unreachable(null) })
      upload.add(large)
      await stage('done')
      const again = how === 'lose' ? ['big 1'] : []
      expect(server.of('part')).toEqual(['big 0', 'big 1', ...again, 'big 2'])
    },
  )
})

describe('what goes wrong', () => {
  test('a lost answer is asked for, and the file not sent twice', async () => {
    const { server, upload, stage, states } = rig()
    server.loseAnswer.push({ act: 'send a b', error: new Unreachable(null) })
    upload.add(gathered('a', 'b'))
    await stage('done')
    expect(server.of('send')).toEqual(['a b'])
    expect(states()).toEqual(['stored', 'stored'])
  })

  test('of a batch that breaks off, what came is not sent again, and a file that cannot be read holds up no other', async () => {
    const { server, upload, stage, states } = rig()
    server.lose.push({ act: 'send a b c', error: new Unreachable(null) })
    server.onLoss = () => {
      server.unreadable.add('b')
      server.bring('i1', 'c')
    }
    upload.add(gathered('a', 'b', 'c'))
    await stage('failed')
    expect(server.of('send')).toEqual(['a b c', 'a'])
    expect(states()).toEqual(['stored', 'lost', 'stored'])
    expect(upload.files()[1]?.reason).toContain('Not readable on this computer')
  })

  test('while the server is away this is said; then it goes on by itself, at every step', async () => {
    const server = new Server()
    const acts = ['open', 'known a', 'send a', 'finish']
    for (const act of acts) server.lose.push({ act, error: new Unreachable(null) })
    const said: boolean[] = []
    const upload = newUpload(server, newMemory(), () => undefined, {
      now: clock.now,
      wait: () => {
        said.push(upload.progress.offline)
        return clock.wait()
      },
    })
    upload.add(gathered('a'))
    await until(() => expect(upload.progress.stage).toBe('done'))
    expect(server.lose).toEqual([])
    expect(said.filter(Boolean).length).toBeGreaterThanOrEqual(acts.length)
    expect(upload.progress.offline).toBe(false)
  })

  test('a fault of one file is told with it, and it can be sent again in the same import', async () => {
    const { server, upload, stage, states } = rig()
    server.lose.push({ act: 'send b', error: new Refusal('too-large') })
    upload.add(apart('a', 'b'))
    await stage('failed')
    expect(upload.progress.fault?.message).toBe('One file did not arrive.')
    expect(upload.files()[1]?.reason).toContain('This is larger than the server takes at once.')
    upload.retry(1)
    await stage('done')
    expect(server.imports).toBe(1)
    expect(states()).toEqual(['stored', 'stored'])
  })

  test('an import that may not be opened says why, in the server’s words', async () => {
    const { server, upload, stage } = rig()
    server.lose.push({ act: 'open', error: new Refusal('not-allowed') })
    upload.add(gathered('a'))
    await stage('failed')
    expect(upload.progress.fault?.message).toBe('Your role does not allow this.')
    upload.retry()
    await stage('done')
  })

  test('whose session ends goes on after signing in, with what had not arrived', async () => {
    const { server, upload, stage, states } = rig()
    server.lose.push({ act: 'send b', error: new Refusal('not-signed-in') })
    upload.add(apart('a', 'b'))
    await stage('failed')
    expect(upload.progress.fault?.message).toBe('You are not signed in.')
    upload.retry()
    await stage('done')
    expect(server.imports).toBe(1)
    expect(states()).toEqual(['stored', 'stored'])
  })

  test('where the server lost what it had said to have, all of it is asked for again', async () => {
    const { server, upload, stage, states } = rig()
    server.lose.push({ act: 'finish', error: new Refusal('files-missing') })
    upload.add(gathered('a', 'b'))
    await stage('failed')
    server.here.delete('b')
    upload.retry()
    await stage('done')
    expect(server.of('send')).toEqual(['a b', 'b'])
    expect(states()).toEqual(['stored', 'stored'])
  })

  test('an import that is gone is begun anew with all of its files', async () => {
    const { server, upload, stage } = rig()
    server.lose.push({ act: 'send b', error: new Refusal('import-closed') })
    upload.add(apart('a', 'b'))
    await stage('failed')
    server.here.clear()
    upload.retry()
    await stage('done')
    expect(server.imports).toBe(2)
    expect([...server.here.keys()]).toEqual(['a', 'b'])
  })
})

describe('[W112] after a reload', () => {
  /** A page that brought one of two files and was closed; the next one has its memory. */
  async function reloaded() {
    const server = new Server()
    await server.open()
    server.bring('i1', 'a')
    server.asked.length = 0
    const memory = newMemory()
    memory.keep('i1')
    return rig(server, memory)
  }

  test('the page says that an import waits, and the same files go on with it', async () => {
    const after = await reloaded()
    const { server, memory } = after
    server.ends.push(result({ state: 'receiving', received: 1 }))
    await after.upload.recover()
    expect(after.upload.progress.interrupted).toEqual({ received: 1 })
    after.upload.add(gathered('a', 'b'))
    await after.stage('done')
    expect(server.of('send')).toEqual(['b'])
    expect(server.asked).not.toContain('open')
    // What the same import had brought before is its own doing.
    expect(after.states()).toEqual(['stored', 'stored'])
    expect(memory.id).toBe(null)
  })

  test('one that was being sorted is watched to its end', async () => {
    const after = await reloaded()
    const { server } = after
    server.ends.push(
      result({ state: 'sorting' }),
      result({ state: 'sorting' }),
      result({ notes: ['One note.'] }),
    )
    await after.upload.recover()
    await after.stage('done')
    expect(after.upload.progress.notes).toEqual(['One note.'])
  })

  test('what an archive of before the reload had in it is told at the end', async () => {
    const after = await reloaded()
    const inside = ['a › 1', 'a › 2'].map((name) => ({ name, status: 'stored' as const, reason: null }))
    after.server.ends.push(result({ files: inside }))
    after.upload.add(gathered('a'))
    await after.stage('done')
    expect(after.upload.files()[0]?.inside).toEqual(inside)
    expect(after.upload.progress.tally.outcomes.stored).toBe(2)
  })

  test('one that is over is forgotten', async () => {
    const after = await reloaded()
    const { memory } = after
    await after.upload.recover()
    expect(after.upload.progress).toMatchObject({ stage: 'idle', interrupted: null })
    expect(memory.id).toBe(null)
  })

  test('it can be given up, and the server deletes what came', async () => {
    const after = await reloaded()
    const { server, memory } = after
    server.ends.push(result({ state: 'receiving', received: 1 }))
    await after.upload.recover()
    await after.upload.cancel()
    expect(server.asked).toContain('drop')
    expect(after.upload.progress).toMatchObject({
      stage: 'cancelled',
      interrupted: null,
      deleted: { files: 1 },
    })
    expect(memory.id).toBe(null)
  })
})

describe('[W113] cancelled', () => {
  test('what was on its way is dropped, what came is deleted, and this is said', async () => {
    const { server, upload, stage, states, memory } = rig()
    server.lose.push({ act: 'send b', error: new Refusal('too-large') })
    upload.add(apart('a', 'b'))
    await stage('failed')
    await upload.cancel()
    expect(upload.progress).toMatchObject({ stage: 'cancelled', deleted: { files: 1 } })
    expect(server.asked).toContain('drop')
    expect(server.asked).not.toContain('finish')
    expect(states()).toEqual(['lost', 'lost'])
    expect(memory.id).toBe(null)
  })

  test('in the middle, nothing that answers late counts', async () => {
    const { server, upload, stage } = rig()
    const release = held(server)
    upload.add(gathered('a', 'b', 'c'))
    await until(() => expect(server.asked).toEqual(['open']))
    const cancelled = upload.cancel()
    release()
    await cancelled
    await stage('cancelled')
    await clock.wait()
    expect(server.of('send')).toEqual([])
    expect(server.asked).not.toContain('finish')
    expect(upload.files().every((file) => file.state === 'lost')).toBe(true)
  })

  test('where the server cannot be reached, it is not said to be done', async () => {
    const { server, upload, stage, memory } = rig()
    server.lose.push({ act: 'send a', error: new Refusal('too-large') })
    server.lose.push({ act: 'drop', error: new Unreachable(null) })
    upload.add(gathered('a'))
    await stage('failed')
    await upload.cancel()
    expect(upload.progress).toMatchObject({ stage: 'failed', deleted: null })
    expect(memory.id).toBe('i1')
    await upload.cancel()
    await stage('cancelled')
  })
})

describe('sorting', () => {
  test('the server is looked at until it is done, and may still turn a file down', async () => {
    const { server, upload, stage } = rig()
    server.ends.push(
      result({ state: 'sorting' }),
      result({ state: 'sorting', progress: { done: 1, total: 2 } }),
      result({ files: [{ name: 'b', status: 'refused', reason: 'Fits no stack.' }], quarantine: ['q1'] }),
    )
    upload.add(gathered('a', 'b'))
    await stage('done')
    expect(upload.files()[1]).toMatchObject({ state: 'refused', reason: 'Fits no stack.' })
    expect(upload.progress.quarantine).toEqual(['q1'])
  })

  test('what is added after the end begins a new import', async () => {
    const { server, upload, stage } = rig()
    upload.add(gathered('a'))
    await stage('done')
    upload.add(gathered('b'))
    await until(() => expect(server.imports).toBe(2))
    await stage('done')
    expect(server.of('send')).toEqual(['a', 'b'])
  })
})
