/** Bare Hocuspocus as its documentation starts it: stores the whole document to a file, debounced by its defaults. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { answerReports } from './report.ts'

const folder = process.env.BENCH_DATA as string
mkdirSync(folder, { recursive: true })
const fileOf = (name: string) => join(folder, `${encodeURIComponent(name)}.bin`)

const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  async onLoadDocument({ document, documentName }) {
    if (existsSync(fileOf(documentName))) Y.applyUpdate(document, readFileSync(fileOf(documentName)))
  },
  async onStoreDocument({ document, documentName }) {
    writeFileSync(fileOf(documentName), Y.encodeStateAsUpdate(document))
  },
})
await server.listen()
answerReports()
process.send?.({ ready: true })
