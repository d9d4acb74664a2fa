import { expect, test } from 'vitest'
import { inkOn } from './colour'

test.each([['#006793', '#ffffff'], ['#ffffff', '#000000'], ['#000000', '#ffffff'], ['#ffcc00', '#000000'], ['#767676', '#ffffff'], ['#777777', '#000000']])('on %s stands %s', (colour, ink) => {
  expect(inkOn(colour)).toBe(ink)
})
