/** The imports of this page, one per project. They live here and not in the room, so that leaving the room does not end them. */
import type { QueryClient } from '@tanstack/solid-query'
import { api, sendFile } from '../../api.ts'
import { keys } from '../../queries.ts'
import { newUpload, type Upload } from './upload.ts'

const uploads = new Map<string, Upload>()

const isBusy = (upload: Upload): boolean => ['sending', 'paused', 'sorting'].includes(upload.progress.stage)

export function uploadOf(project: string, client: QueryClient): Upload {
  const known = uploads.get(project)
  if (known) return known
  const upload = newUpload(
    {
      open: () => api.newImport(project),
      send: (importId, picked, onSent, signal) =>
        sendFile(importId, picked.file, picked.path, onSent, signal),
      finish: api.finishImport,
      look: api.import,
    },
    () => void client.invalidateQueries({ queryKey: keys.cases(project) }),
  )
  if (uploads.size === 0) window.addEventListener('beforeunload', warn)
  uploads.set(project, upload)
  return upload
}

/** Closing the window would lose what is on its way: the browser asks first. */
function warn(event: BeforeUnloadEvent): void {
  if ([...uploads.values()].some(isBusy)) event.preventDefault()
}
