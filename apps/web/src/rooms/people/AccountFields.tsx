/** What a new account needs: as it is asked wherever one is made. */
import type { NewPerson } from '@consilium/contract/people'
import { createSignal, type JSX } from 'solid-js'
import type { z } from 'zod'
import { isRefusal } from '../../errors.ts'
import { Field } from '../../parts/Field.tsx'

const LEAST_PASSWORD = 10
const OWN_FIELDS = ['name', 'login', 'password', 'credential'] as const
type OwnField = (typeof OWN_FIELDS)[number]

export type AccountForm = ReturnType<typeof createAccountForm>

export function createAccountForm() {
  const [typed, setTyped] = createSignal<Partial<Record<OwnField, string>>>({})
  const get = (field: OwnField): string => typed()[field] ?? ''
  return {
    get,
    set: (field: OwnField) => (text: string) => void setTyped({ ...typed(), [field]: text }),
    isReady: () =>
      get('name').trim() !== '' &&
      get('login').trim().length >= 2 &&
      get('password').length >= LEAST_PASSWORD,
    value: (): z.input<typeof NewPerson> => ({
      name: get('name').trim(),
      login: get('login').trim(),
      password: get('password'),
      credential: get('credential').trim(),
    }),
    clear: () => void setTyped({}),
  }
}

/** Whether a refusal is about one of these fields, and so said beside it. */
export const hasOwnField = (error: unknown): boolean =>
  isRefusal(error) && (OWN_FIELDS as readonly unknown[]).includes(error.field)

export function AccountFields(props: {
  readonly account: AccountForm
  readonly error: unknown
}): JSX.Element {
  const faultOf = (field: OwnField) =>
    isRefusal(props.error) && props.error.field === field ? props.error.message : undefined
  return (
    <>
      <Field
        label="Name, as others see it"
        placeholder="Dr A. Okafor"
        value={props.account.get('name')}
        onInput={props.account.set('name')}
        fault={faultOf('name')}
      />
      <Field
        label="User name"
        value={props.account.get('login')}
        onInput={props.account.set('login')}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        hint="Small letters, digits, dot, dash."
        fault={faultOf('login')}
      />
      <Field
        label="First password"
        type="password"
        autocomplete="new-password"
        value={props.account.get('password')}
        onInput={props.account.set('password')}
        hint={`At least ${LEAST_PASSWORD} characters. Hand it over yourself.`}
        fault={faultOf('password')}
      />
      <Field
        label="Qualification"
        aside="optional"
        placeholder="thoracic radiology"
        value={props.account.get('credential')}
        onInput={props.account.set('credential')}
        fault={faultOf('credential')}
      />
    </>
  )
}
