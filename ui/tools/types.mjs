// Writes src/api/schema.d.ts from the OpenAPI document of the server, and with
// --check says whether the one that is there is still that of the document.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapi, { astToString } from 'openapi-typescript'

const from = new URL('../../apis/testdata/openapi.golden.json', import.meta.url)
const to = fileURLToPath(new URL('../src/api/schema.d.ts', import.meta.url))

const made = '/** Made from apis/testdata/openapi.golden.json by `npm run types`. */\n' + astToString(await openapi(from))
if (process.argv.includes('--check')) {
  if (readFileSync(to, 'utf8') !== made) {
    console.error('src/api/schema.d.ts is not that of apis/testdata/openapi.golden.json: run npm run types')
    process.exit(1)
  }
} else {
  writeFileSync(to, made)
}
