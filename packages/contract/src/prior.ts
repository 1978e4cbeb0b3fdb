/** An earlier case of the project, beside which a case is looked at. No date is known: the days between are what a person said. */
import { z } from 'zod'

export const Prior = z.object({
  case: z.string(),
  key: z.string(),
  days: z.number().int().nullable().describe('Earlier, as said'),
})
export type Prior = z.infer<typeof Prior>

/** Null: none any more. Told in the guide (docs/hanging.md), and not in the description of the interface. */
export const NewPrior = z.strictObject({
  case: z.string().nullable(),
  days: z.number().int().min(0).max(36_500).nullable().default(null),
})
