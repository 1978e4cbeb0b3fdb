/** Over 100 Mbit/s, the shortest series: loopback hides what packing buys. Nothing is asked; the row is there to be read. */

import { freePort } from '../../collab/target.ts'
import { slowWay } from '../live/proxy.ts'
import { serveOurs } from '../ours.ts'
import { inTurn, type Part } from './part.ts'

const BITS_PER_SECOND = 100_000_000

export const throttled: Part = {
  name: 'throttled',
  title: 'Over 100 Mbit/s, one plane',
  async run(bed) {
    // Known before the server starts: it asks for itself where people open it.
    const port = await freePort()
    const way = await slowWay(() => port, BITS_PER_SECOND)
    const theirWay = await slowWay(() => bed.peers.port, BITS_PER_SECOND)
    // A server of its own, which takes that address for one that people open.
    const lengths = bed.lengths.slice(0, 1)
    const server = await serveOurs(bed.pictures, lengths, { port, origin: way.url })
    try {
      const { cornerstone, dwv } = bed.peers.targets(theirWay.url)
      const pages = [server.target(way.url), cornerstone, dwv]
      const { rows } = await inTurn({ ...bed, lengths }, pages, 1, { steps: 0 })
      return { rows, goals: [] }
    } finally {
      way.close()
      theirWay.close()
      await server.close()
    }
  },
}
