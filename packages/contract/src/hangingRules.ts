/** What hanging rules may say. What they mean is in hanging.ts, which pages load without this. */
import { z } from 'zod'
import { LAYOUT_PANES } from './hanging.ts'

const Name = z.string().trim().min(1).max(64)

/** A series of the case: the nth of those it is true of, in the order of the case. */
const Which = z.strictObject({
  modality: Name.optional(),
  bodyPart: Name.optional(),
  nth: z.number().int().min(1).max(99).default(1),
})

const Window = z.strictObject({ center: z.number(), width: z.number().positive() })

const Pane = z.strictObject({
  series: Which.prefault({}),
  plane: z.enum(['acquired', 'axial', 'coronal', 'sagittal']).default('acquired'),
  /** The name of a preset ("Lung"), or values. */
  window: z.union([Name, Window]).optional(),
})

const Stage = z
  .strictObject({
    layout: z.enum(['one', 'two', 'three', 'four']),
    panes: z.array(Pane).min(1).max(4),
    linked: z.boolean().default(false),
    /** Each pane has the series of the prior case beside it that is most like its own, where there is one. */
    prior: z.literal('beside').optional(),
  })
  .superRefine(({ layout, panes, prior }, check) => {
    if (prior !== undefined && LAYOUT_PANES[layout] > 2)
      check.addIssue({
        code: 'custom',
        path: ['prior'],
        message: `beside the layout "${layout}" there is no room: take "one" or "two"`,
      })
    const count = LAYOUT_PANES[layout]
    if (panes.length !== count)
      check.addIssue({
        code: 'custom',
        path: ['panes'],
        message: `the layout "${layout}" has ${count} of them, not ${panes.length}`,
      })
  })

export const HangingRule = z.strictObject({
  name: Name,
  when: z.strictObject({
    /** All of these are in the case. */
    modalities: z.array(Name).min(1).max(8).optional(),
    /** Part of what a series of the case says, in capitals or not. */
    bodyPart: Name.optional(),
    seriesAtLeast: z.number().int().min(1).optional(),
    seriesAtMost: z.number().int().min(1).optional(),
    /** It has a prior, or none. */
    prior: z.boolean().optional(),
  }),
  stages: z.array(Stage).min(1).max(12),
})
export type HangingRule = z.infer<typeof HangingRule>
export type HangingStage = z.infer<typeof Stage>
export type HangingPane = z.infer<typeof Pane>

export const HangingRules = z.array(HangingRule).max(64)
