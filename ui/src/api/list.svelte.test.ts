import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { List } from './list.svelte'

interface Row {
  n: number
}
let asked: number[] = []
let answer: (() => void)[] = []
let held = false

beforeEach(() => {
  asked = []
  answer = []
  held = false
  vi.stubGlobal('fetch', async (path: string) => {
    const offset = Number(new URL(path, 'http://localhost').searchParams.get('offset'))
    asked.push(offset)
    if (held) await new Promise<void>((done) => answer.push(done))
    const items = Array.from({ length: Math.max(0, Math.min(100, 1050 - offset)) }, (_, i) => ({ n: offset + i }))
    return new Response(JSON.stringify({ items, size: 1050 }), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => vi.unstubAllGlobals())

function made(): { list: List<Row>; end: () => void } {
  let list!: List<Row>
  const end = $effect.root(() => {
    list = new List<Row>({ path: () => '/v1/rows' })
  })
  return { list, end }
}

test('an export has every row once and in order, with some pages on their way', async () => {
  const { list, end } = made()
  const all: number[] = []
  for await (const page of list.all()) all.push(...page.map((r) => r.n))
  expect(all).toEqual(Array.from({ length: 1050 }, (_, i) => i))
  end()
})

test('what is scrolled past while the server is busy is never asked for', async () => {
  const { list, end } = made()
  await vi.waitFor(() => expect(list.size).toBe(1050))
  asked = []
  held = true
  for (let top = 100; top <= 900; top += 100) list.want(top, top + 30)
  expect(asked).toEqual([100, 200, 300])
  held = false
  for (const done of answer) done()
  await vi.waitFor(() => expect(list.row(900)).toEqual({ n: 900 }))
  expect(asked).toEqual([100, 200, 300, 900])
  end()
})

test('a range is there when it was waited for, whatever is on its way already', async () => {
  const { list, end } = made()
  await vi.waitFor(() => expect(list.size).toBe(1050))
  list.want(400, 430)
  await list.have(150, 799)
  expect([list.row(150), list.row(450), list.row(799)]).toEqual([{ n: 150 }, { n: 450 }, { n: 799 }])
  expect(asked.length).toBe(new Set(asked).size)
  end()
})
