/**
 * A keymap as a file, and as the default of a project: what differs from the usual keys, in each profile. Which commands there are only the
 * page knows; it leaves what it does not know. Told in the guide (docs/keys.md), and not in the description of the interface.
 */
import { z } from 'zod'

/** Far more than all commands with keys. */
export const KEYMAP_LONGEST = 100_000

const Changes = z.record(z.string().min(1).max(64), z.array(z.string().min(1).max(40)).max(16))

export const KeymapFile = z
  .strictObject({
    format: z.literal('consilium-keymap'),
    version: z.literal(1),
    profile: z.enum(['radiology', 'annotator']),
    keys: z.strictObject({ radiology: Changes, annotator: Changes }),
  })
  .refine((file) => JSON.stringify(file).length <= KEYMAP_LONGEST, 'This is too long to be a keymap.')
export type KeymapFile = z.infer<typeof KeymapFile>
