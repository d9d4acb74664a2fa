import { afterEach, expect, test, vi } from 'vitest'
import { Names } from './names.svelte'

afterEach(() => vi.unstubAllGlobals())

test('a name is read once, and the id stands where there is none', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return path.endsWith('gone')
      ? new Response('{"status":404,"code":404,"message":"There is none."}', { status: 404, headers: { 'Content-Type': 'application/json' } })
      : new Response('{"fullName":"Ann Lee"}', { headers: { 'Content-Type': 'application/json' } })
  })
  const names = new Names((id) => `/v1/accounts/${id}`, (a) => a.fullName ?? '')
  expect([names.of('ann'), names.of('ann'), names.of('gone'), names.of('')]).toEqual(['ann', 'ann', 'gone', ''])
  await vi.waitFor(() => expect(names.of('ann')).toBe('Ann Lee'))
  expect(names.of('gone')).toBe('gone')
  expect(asked).toEqual(['/v1/accounts/ann', '/v1/accounts/gone'])
})
