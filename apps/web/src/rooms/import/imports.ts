/** The imports of this page, one per project and person. They live here and not in the room, so that leaving the room does not end them. */
import type { QueryClient } from '@tanstack/solid-query'
import { keys } from '../../queries.ts'
import { doorOf } from './door.ts'
import { memoryOf } from './memory.ts'
import { newUpload, type Upload } from './upload.ts'

const uploads = new Map<string, Upload>()

const isBusy = (upload: Upload): boolean => ['sending', 'paused', 'sorting'].includes(upload.progress.stage)

export function uploadOf(project: string, person: string, client: QueryClient): Upload {
  const key = `${project} ${person}`
  const known = uploads.get(key)
  if (known) return known
  const upload = newUpload(
    doorOf(project),
    memoryOf(project, person),
    () => void client.invalidateQueries({ queryKey: keys.cases(project) }),
  )
  if (uploads.size === 0) {
    window.addEventListener('beforeunload', warn)
    window.addEventListener('online', () => {
      for (const one of uploads.values()) one.hurry()
    })
  }
  uploads.set(key, upload)
  void upload.recover()
  return upload
}

/** Closing the window would interrupt what is on its way: the browser asks first. */
function warn(event: BeforeUnloadEvent): void {
  if ([...uploads.values()].some(isBusy)) event.preventDefault()
}
