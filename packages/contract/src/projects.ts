/** Projects, their members and labels, and the cases in them. */
import { PHASES } from '@consilium/crdt-schema/policy'
import { z } from 'zod'
import { type HangingRule, HangingRules } from './hangingRules.ts'
import { KeymapFile } from './keymap.ts'
import { Member, Person, Role, RoleIfAny } from './people.ts'
import { Prior } from './prior.ts'

export const Phase = z.enum(PHASES)

/** The adjudicator closes a case with `decided` and reopens it with `panel`. */
export const NewPhase = z.object({ phase: z.enum(['panel', 'decided']) })

export const Label = z
  .object({
    key: z.string().regex(/^[a-z0-9-]{1,64}$/),
    title: z.string().min(1).max(64),
    /** 1 to 8: the label colours of the design; above eight they repeat with hatching. */
    colour: z.number().int().min(1).max(64),
  })
  .meta({ id: 'Label' })
export type Label = z.infer<typeof Label>

/** Told in full in hangingRules.ts and the guide, and not in the description of the interface. */
const Hanging = z.array(z.unknown() as unknown as z.ZodType<HangingRule>)

/** The same of keymap.ts. Null: the usual keys. */
const Keymap = z.unknown() as unknown as z.ZodType<KeymapFile | null>

/** What it does not name stays. */
export const ProjectChange = z
  .strictObject({ hanging: HangingRules.optional(), keymap: KeymapFile.nullable().optional() })
  .refine((change) => Object.keys(change).length > 0, 'This changes nothing.')

export const Project = z
  .object({
    id: z.string(),
    key: z.string().describe('Prefix of its case keys: "LN"'),
    title: z.string(),
    demo: z.boolean(),
    role: RoleIfAny.describe('Of whoever asks; null for an admin who is no member'),
    labels: z.array(Label),
    hanging: Hanging,
    keymap: Keymap,
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof Project>

export const NewProject = z.object({
  title: z.string().min(1).max(128),
  key: z.string().regex(/^[A-Z]{2,6}$/),
  labels: z.array(Label).max(64).optional(),
})

export const NewMember = z.object({ role: Role })

export const Case = z
  .object({
    id: z.string(),
    key: z.string().describe('As people say it: "LN-0147"'),
    project: z.string(),
    phase: Phase,
    /** Modality and body part, as far as known: "CT chest". */
    title: z.string(),
    series: z.number().int(),
    slices: z.number().int(),
    /** Of the thickest stack: distance between slices, mm; null where unknown. */
    sliceSpacing: z.number().nullable(),
    coverSeries: z.string().nullable().describe('Series to show first'),
    openDisputes: z.number().int(),
    annotations: z.number().int(),
    revisions: z.number().int().describe('Number of the newest row of its history'),
    changedAt: z.number().nullable(),
    here: z.array(Person).describe('Who has it open now'),
  })
  .meta({ id: 'Case' })
export type Case = z.infer<typeof Case>

/** Not an extension of it: that would describe a case twice. */
export const CaseDetail = z
  .intersection(
    Case,
    z.object({
      document: z.string().describe('Name of the shared document: "panel:<case id>"'),
      role: RoleIfAny,
      members: z.array(Member),
      labels: z.array(Label),
      hanging: Hanging,
      keymap: Keymap,
      prior: Prior.nullable(),
      projectTitle: z.string(),
      projectKey: z.string(),
    }),
  )
  .meta({ id: 'CaseDetail' })
export type CaseDetail = z.infer<typeof CaseDetail>
