/** A file that was renamed into a folder has its name for good only when the folder is on the disk, too. */
import { close, fsync, open } from 'node:fs'

export async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for flushing, and does not need to: its rename is journalled.
  if (process.platform !== 'win32') await flush(folder, 'r')
}

/** By callbacks: for each of thousands a FileHandle with its promises costs the event loop several times as much. */
export const flush = (path: string, flags: 'r' | 'r+'): Promise<void> =>
  new Promise((resolve, reject) => {
    open(path, flags, (fault, file) => {
      if (fault) return reject(fault)
      fsync(file, (notFlushed) => {
        close(file, (notClosed) => {
          const why = notFlushed ?? notClosed
          if (why) reject(why)
          else resolve()
        })
      })
    })
  })
