import { expect, test } from 'vitest'
import { format, parse, query } from './search'

const fields = ['email', 'status', 'createdAt', 'surname', 'customData']

test.each([
  ['love', { filters: [], text: 'love' }],
  ['status:disabled createdAt:[2026-01,] love', { filters: [{ field: 'status', value: 'disabled' }, { field: 'createdAt', value: '[2026-01,]' }], text: 'love' }],
  ['surname:"van der Berg"', { filters: [{ field: 'surname', value: 'van der Berg' }], text: '' }],
  ['customData.plan:pro*', { filters: [{ field: 'customData.plan', value: 'pro*' }], text: '' }],
  ['STATUS:Disabled', { filters: [{ field: 'status', value: 'Disabled' }], text: '' }],
  ['http://x.org note:well', { filters: [], text: 'http://x.org note:well' }],
  ['createdAt:(2026-11-22T12:00, ]', { filters: [{ field: 'createdAt', value: '(2026-11-22T12:00, ]' }], text: '' }],
])('%s is read, and comes back as it was', (typed, want) => {
  const got = parse(typed, fields)
  expect(got).toEqual(want)
  expect(parse(format(got), fields)).toEqual(want)
})

test('a field without a value is text yet', () => {
  expect(parse('status:', fields)).toEqual({ filters: [], text: 'status:' })
})

test('the query has the words as q and each field by its name', () => {
  expect(query(parse('status:disabled ann lee', fields))).toEqual({ status: 'disabled', q: 'ann lee' })
})
