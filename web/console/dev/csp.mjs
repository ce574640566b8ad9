// Builds the harness, serves it under the policy the server sends, and prints every violation.
// node web/console/dev/csp.mjs [OUTDIR for pictures]
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'

const dev = fileURLToPath(new URL('.', import.meta.url))
const out = await mkdtemp(join(tmpdir(), 'songbai-csp-'))
await build({ configFile: join(dev, '../vite.config.ts'), logLevel: 'error', build: { outDir: out, rolldownOptions: { input: join(dev, 'index.html') } } })
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://x').pathname
  const nonce = randomBytes(16).toString('base64')
  const body = await readFile(join(out, path)).catch(() => null)
  if (!body) return response.writeHead(404).end()
  const html = extname(path) === '.html'
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'` })
  response.end(html ? body.toString().replaceAll('__CSP_NONCE__', nonce) : body)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
const page = await browser.newPage({ viewport: { width: 1000, height: 900 } })
let violations = 0
let name = ''
page.on('console', (message) => { if (/Content Security Policy/i.test(message.text())) { violations++; console.log(name, message.text().slice(0, 400), message.location().url, message.location().lineNumber) } })
page.on('pageerror', (error) => { violations++; console.log(String(error).slice(0, 240)) })
for (name of ['antd', 'today', 'list', 'gallery', 'signin', 'enrol']) {
  await page.goto(`http://127.0.0.1:${server.address().port}/dev/index.html?page=${name}`)
  await page.waitForTimeout(600)
  if (process.argv[2]) await page.screenshot({ path: join(process.argv[2], `csp-${name}.png`) })
}
console.log(JSON.stringify({ pages: 6, violations }))
await browser.close()
server.close()
await rm(out, { recursive: true, force: true })
process.exitCode = violations ? 1 : 0
