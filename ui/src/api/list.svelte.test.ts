import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aheadOf, List } from './list.svelte'

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

const request = { path: () => '/v1/rows' }

function made(of = request): { list: List<Row>; end: () => void } {
  let list!: List<Row>
  const end = $effect.root(() => {
    list = new List<Row>(of)
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

test('rows that were asked for ahead are there at once, and are asked for once', async () => {
  aheadOf(request)()
  await new Promise((done) => setTimeout(done))
  const { list, end } = made()
  expect([list.size, list.row(99)]).toEqual([1050, { n: 99 }])
  list.want(0, 150)
  await vi.waitFor(() => expect(list.row(100)).toEqual({ n: 100 }))
  expect(asked).toEqual([0, 100])
  end()
  const again = made() // things may have changed since
  expect(again.list.size).toBeUndefined()
  again.end()
})

test('rows that are on their way are waited for, and those of another list are not taken', async () => {
  held = true
  aheadOf(request)()
  const other = made({ path: () => '/v1/others' })
  const { list, end } = made()
  await vi.waitFor(() => expect(asked).toEqual([0, 0]))
  expect(list.size).toBeUndefined()
  for (const done of answer) done()
  await vi.waitFor(() => expect([list.size, other.list.size]).toEqual([1050, 1050]))
  expect(asked).toEqual([0, 0])
  end()
  other.end()
})
