/** Who is who: sign-in, sessions, people, access tokens. */
import { ROLES } from '@consilium/crdt-schema/roles'
import { z } from 'zod'

export const Role = z.enum(ROLES).meta({ id: 'Role' })
/** Null: of no member. */
export const RoleIfAny = Role.nullable().meta({ id: 'RoleIfAny' })

export const Person = z
  .object({
    id: z.string(),
    name: z.string().describe('As it is written on screen: "Dr A. Okafor"'),
    /** Two letters for the avatar. */
    initials: z.string(),
    login: z.string(),
    admin: z.boolean(),
    /** e.g. "thoracic radiology" */
    credential: z.string(),
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>
export const Member = z.object({ person: Person, role: Role }).meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

export const SignIn = z.object({ login: z.string().min(1).max(128), password: z.string().min(1).max(256) })
export const Me = z
  .object({
    person: Person,
    sessionExpiresAt: z.number().nullable().describe('ms since 1970; null for an access token'),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

/** What the sign-in page may know before anybody signed in. */
export const Welcome = z
  .object({
    version: z.string(),
    demo: z.array(Member).describe('While the demo project exists'),
  })
  .meta({ id: 'Welcome' })
export type Welcome = z.infer<typeof Welcome>

export const DemoSignIn = z.object({ person: z.string() })
export const FirstAdmin = z.object({
  key: z.string().describe('From the one-time link'),
  name: z.string().min(1).max(128),
  login: z.string().min(2).max(128),
  password: z.string().min(10).max(256),
})

export const Session = z
  .object({
    id: z.string().describe('Public handle of the session, not its secret'),
    createdAt: z.number(),
    lastSeenAt: z.number(),
    agent: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const NewPerson = z.object({
  name: z.string().min(1).max(128),
  login: z
    .string()
    .min(2)
    .max(128)
    .regex(/^[a-z0-9][a-z0-9._@-]*$/, 'small letters, digits and . _ @ - only, the first a letter or digit'),
  password: z.string().min(10).max(256),
  credential: z.string().max(128).default(''),
  admin: z.boolean().default(false),
})

export const Token = z
  .object({
    id: z.string(),
    title: z.string(),
    createdAt: z.number(),
    lastUsedAt: z.number().nullable(),
  })
  .meta({ id: 'Token' })
export type Token = z.infer<typeof Token>
export const NewToken = z.object({
  title: z.string().min(1).max(64),
  login: z.string().optional().describe('Admins may make one for somebody else'),
})
export const IssuedToken = Token.extend({ secret: z.string().describe('Shown once') }).meta({
  id: 'IssuedToken',
})
export type IssuedToken = z.infer<typeof IssuedToken>

/** Forgets a person: nothing of theirs can be read any more, and what they did stays under "Erased person 7". It cannot be taken back. */
export const Erase = z.object({
  login: z.string().describe('Of the person, typed again by who asks: nobody is forgotten by a slip'),
})
export type Erase = z.infer<typeof Erase>
