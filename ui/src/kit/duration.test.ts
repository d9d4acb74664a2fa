import { expect, test } from 'vitest'
import { seconds, short, words } from './duration'

test.each([
  ['90s', 90], ['30m', 1800], ['8h', 28_800], ['7d', 604_800], ['1h 30m', 5400], ['1h30m', 5400], [' 8 H ', 28_800], ['1,5h', 5400], ['0.5d', 43_200], ['5 min', 300], ['0s', 0],
  ['', undefined], ['8', undefined], ['8x', undefined], ['h', undefined], ['-8h', undefined], ['30m 1h', undefined], ['1h 1h', undefined], ['soon', undefined], ['8h!', undefined], ['1.5s', undefined], ['1h 30', undefined],
])('%j is %s seconds', (text, want) => {
  expect(seconds(text)).toBe(want)
})

test.each([[0, '0s'], [60, '1m'], [90, '90s'], [3600, '1h'], [5400, '90m'], [86_400, '1d'], [129_600, '36h'], [604_800, '7d']])('%s seconds are written %s, and read again', (of, want) => {
  expect(short(of)).toBe(want)
  expect(seconds(want)).toBe(of)
})

test.each([[0, '0 seconds'], [1, '1 second'], [5400, '1 hour 30 minutes'], [90_061, '1 day 1 hour'], [604_800, '7 days']])('%s seconds are %s', (of, want) => {
  expect(words(of)).toBe(want)
})
