import { expect, test } from 'vitest'
import { differs, of } from './template'

test.each([
  ['one line is another', 'a\nb\nc', 'a\nB\nc', 'b', 'B', 2],
  ['one is more', 'a', 'a\nb', '', 'b', 2],
  ['one is less', 'a\nb', 'a', 'b', '', 2],
  ['the first', 'x', 'y', 'x', 'y', 1],
  ['a long one is cut', 'x'.repeat(99), 'y', `${'x'.repeat(60)}…`, 'y', 1],
])('%s', (_, was, now, old, next, line) => {
  expect(differs(was, now)).toEqual({ old: `Line ${line}: ${old}`, new: next })
})

test('a problem is told where it stands', () => {
  const all = [{ part: 'htmlBody', line: 2, serious: true, says: 'x' }, { part: 'translations.de.htmlBody', line: 1, serious: false, says: 'y' }]
  expect(of(all, 'htmlBody').map((p) => p.says)).toEqual(['x'])
  expect(of(all, 'subject')).toEqual([])
})
