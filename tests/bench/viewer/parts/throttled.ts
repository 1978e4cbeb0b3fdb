/** Over 100 Mbit/s, the shortest series: loopback hides what packing buys. Nothing is asked; the row is there to be read. */

import { slowWay } from '../live/proxy.ts'
import { serveOurs } from '../ours.ts'
import { inTurn, type Part } from './part.ts'

const BITS_PER_SECOND = 100_000_000

export const throttled: Part = {
  name: 'throttled',
  title: 'Over 100 Mbit/s, one plane',
  async run(bed) {
    let port = 0
    const way = await slowWay(() => port, BITS_PER_SECOND)
    const theirWay = await slowWay(() => bed.peers.port, BITS_PER_SECOND)
    // A server of its own, which takes that address for one that people open.
    const lengths = bed.lengths.slice(0, 1)
    const server = await serveOurs(bed.pictures, lengths, way.url)
    port = server.port
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
