import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/**
 * early puts a script into the head as a file of its own, which runs before anything
 * is painted. A module would come too late, and the content security policy forbids
 * one that is written into the page.
 */
export function early(file: string): Plugin {
  const source = readFileSync(file)
  const fileName = `assets/theme-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`
  let serving = false
  return {
    name: 'early',
    configResolved(config) {
      serving = config.command === 'serve'
    },
    buildStart() {
      if (!serving) this.emitFile({ type: 'asset', fileName, source })
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/console/${serving ? 'src/theme.js' : fileName}` }, injectTo: 'head-prepend' }],
  }
}

const packers = [
  { ext: '.br', pack: (b: Buffer) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: b.length } }), unpack: brotliDecompressSync },
  { ext: '.gz', pack: (b: Buffer) => gzipSync(b, { level: 9 }), unpack: gunzipSync },
]

/**
 * packed puts a .br and a .gz in place of what is worth it, and clears away what no
 * build made. A packed file that still holds the right bytes stays as it is, since other
 * versions of Node pack otherwise and dist is committed.
 */
export function packed(dist: string): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle(_, bundle) {
      const want = new Set<string>(Object.keys(bundle))
      for (const name of Object.keys(bundle).sort()) {
        if (!/\.(js|css|svg)$/.test(name)) continue
        const bytes = readFileSync(join(dist, name))
        if (bytes.length < 1024) continue
        want.delete(name)
        for (const { ext, pack, unpack } of packers) {
          want.add(name + ext)
          const file = join(dist, name + ext)
          if (existsSync(file) && holds(file, unpack, bytes)) continue
          writeFileSync(file, pack(bytes))
        }
      }
      for (const name of readdirSync(dist, { recursive: true, withFileTypes: true })) {
        const path = join(name.parentPath, name.name)
        if (name.isFile() && !want.has(path.slice(dist.length + 1))) rmSync(path)
      }
    },
  }
}

function holds(file: string, unpack: (b: Buffer) => Buffer, bytes: Buffer): boolean {
  try {
    return unpack(readFileSync(file)).equals(bytes)
  } catch {
    return false
  }
}
