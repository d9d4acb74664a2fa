import { expect, test } from 'vitest'
import { FileFault, recordsOf, sniff, Splitter } from './records'

/** The records of a text that comes in pieces of n letters. */
function split(text: string, n: number): string[] {
  const s = new Splitter()
  const out = []
  for (let i = 0; i < text.length; i += n) out.push(...s.push(text.slice(i, i + n)))
  return [...out, ...s.end()].map((r) => `${r.number} ${r.text}`)
}

test.each([
  ['lines', 'email\na@x.io\nb@x.io', ['1 email', '2 a@x.io', '3 b@x.io']],
  ['CRLF and empty lines', 'email\r\n\r\na@x.io\r\n', ['1 email', '3 a@x.io']],
  ['line ends in quotation marks', 'email,note\na,"x\r\ny"\nb,"say ""hi\n"""\nc,', ['1 email,note', '2 a,"x\r\ny"', '4 b,"say ""hi\n"""', '6 c,']],
  ['a quotation mark inside a cell ends nothing', 'a,b\n1,5" pipe\n2,x', ['1 a,b', '2 1,5" pipe', '3 2,x']],
  ['an empty cell in quotation marks', 'a,b\n"",""\n"x",y', ['1 a,b', '2 "",""', '3 "x",y']],
  ['semicolons', 'a;b\n1;"x\ny"\n,"z;2', ['1 a;b', '2 1;"x\ny"', '4 ,"z;2']],
  ['lines of JSON', '{"a":"x\\"\\n"}\n\n{"a":1}', ['1 {"a":"x\\"\\n"}', '3 {"a":1}']],
  ['an array', ' [ {"a":"}]\\""},\n{"b":[{}]}\n]\n', ['1 {"a":"}]\\""}', '2 {"b":[{}]}']],
])('%s, however it is cut', (_, text, want) => {
  for (const n of [1, 2, 3, 7, 1000]) expect(split(text, n), `in pieces of ${n}`).toEqual(want)
})

test.each([
  ['a quotation mark that is not closed', `a,b\n1,2\n3,"${'x\n'.repeat(200_000)}`, 'quote', 3],
  ['the same, in a short file', 'a,b\n1,"x\n', 'quote', 2],
  ['a line too long', `a,b\n${'x'.repeat(300_000)}\n`, 'long', 2],
  ['an array of numbers', '[1]', 'array', 1],
  ['an array that was cut off', '[{"a":1},{"b"', 'array', 2],
  ['nothing', ' \n', 'empty', 0],
])('%s is told', (_, text, why, number) => {
  try {
    split(text, 5000)
  } catch (err) {
    expect([(err as FileFault).why, (err as FileFault).number]).toEqual([why, number])
    return
  }
  throw new Error('it was taken')
})

test('files that are no text in UTF-8 are told by their bytes', async () => {
  for (const [bytes, why] of [[[0xff, 0xfe, 97, 0], 'utf16'], [[0x50, 0x4b, 3, 4], 'spreadsheet'], [[97, 0, 98], 'binary'], [[], 'empty']] as const) {
    expect(() => sniff(new Uint8Array(bytes))).toThrow(why)
  }
  const read = async (file: Blob) => {
    const all = []
    for await (const some of recordsOf(file)) all.push(...some)
    return all.map((r) => r.text)
  }
  await expect(read(new Blob([new Uint8Array([97, 10, 0xe4, 10])]))).rejects.toThrow('encoding')
  expect(await read(new Blob([new Uint8Array([0xef, 0xbb, 0xbf]), 'ä\nö']))).toEqual(['ä', 'ö'])
})
