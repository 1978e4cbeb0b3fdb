import { Refusal } from '@consilium/contract/refusals'
import { expect, it } from 'vitest'
import { closedWords } from './closedWords.ts'

it('[W109] whose membership or account ended while the case was open is told so', () => {
  const { message, next } = closedWords(new Refusal('not-a-member').toJSON())
  expect(message).toBe('This case is no longer open to you.')
  expect(next).toContain('membership')
  expect(next).toContain('erased')
})

it('[W109] whatever else closed it is told as the server says it', () => {
  const refusal = new Refusal('case-decided').toJSON()
  expect(closedWords(refusal)).toEqual(refusal)
})
