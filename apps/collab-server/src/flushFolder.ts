/** A file that was renamed into a folder has its name for good only when the folder is on the disk, too. */
import { open } from 'node:fs/promises'

export async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for flushing, and does not need to: its rename is journalled.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
