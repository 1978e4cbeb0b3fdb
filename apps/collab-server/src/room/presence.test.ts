import { colourOfPerson } from '@consilium/contract/colour'
import { describe, expect, it } from 'vitest'
import type { PersonRecord } from '../people/accounts.ts'
import { Attendance } from './presence.ts'

/** People whose own colour this is. */
function peopleOf(colour: number, count: number): PersonRecord[] {
  const found: PersonRecord[] = []
  for (let id = 1; found.length < count; id++)
    if (colourOfPerson(`p${id}`) === colour)
      found.push({
        id,
        handle: `p${id}`,
        login: `p${id}`,
        name: `P ${id}`,
        initials: 'PP',
        credential: '',
        admin: false,
        erased: false,
      })
  return found
}

describe('[W149] colours of people in a case', () => {
  it('are their own, whoever came first', () => {
    const all = [3, 0, 5].flatMap((colour) => peopleOf(colour, 1))
    const attendance = new Attendance()
    for (const person of all) attendance.join(person, person.handle)
    expect(all.map(({ id }) => attendance.colourOf(id))).toEqual([3, 0, 5])
  })

  it('all differ, up to six people, and the seventh has their own again', () => {
    const all = peopleOf(4, 7)
    const attendance = new Attendance()
    for (const person of all) attendance.join(person, person.handle)
    expect(all.map(({ id }) => attendance.colourOf(id))).toEqual([4, 5, 0, 1, 2, 3, 4])
  })

  it('stay with who leaves while another would have them, and with who comes back', () => {
    const [first, second, third] = peopleOf(2, 3) as [PersonRecord, PersonRecord, PersonRecord]
    const attendance = new Attendance()
    attendance.join(first, 'a')
    attendance.join(second, 'b')
    attendance.leave(first, 'a')
    attendance.join(third, 'c')
    attendance.join(first, 'd')
    expect([first, second, third].map(({ id }) => attendance.colourOf(id))).toEqual([2, 3, 4])
  })
})
