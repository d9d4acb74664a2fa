import { expect, test } from 'vitest'
import { faultLine } from './json'

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', "Expected ',' or '}' after property value in JSON at position 13", 3],
  ['{\n  "a": 1', 'Unexpected end of JSON input', 2],
  ['{]', "JSON.parse: expected property name or '}' at line 1 column 2 of the JSON data", 1],
])('%j', (text, said, line) => {
  expect(faultLine(text, said)).toBe(line)
})
