import { afterEach, expect, it, vi } from 'vitest'
import { api } from './api.ts'
import { Unexpected } from './errors.ts'

afterEach(() => vi.unstubAllGlobals())
const answering = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', async () => Response.json(body, { status }))

it('[V103] an answer whose schema comes with the question is checked like any other', async () => {
  answering(200, { rows: 'none' })
  await expect(api.timeline('panel:a', 0)).rejects.toThrow(Unexpected)
  answering(200, { names: 'none' })
  await expect(api.names('panel:a')).rejects.toThrow(Unexpected)
  answering(200, { items: 'none' })
  await expect(api.audit(null, {})).rejects.toThrow(Unexpected)
})
