// Pictures of the harness pages at 1440 and 360: node web/console/dev/shots.mjs OUTDIR [page …]
// A picture is also a check: an element wider than the window at 360 is printed.
import { mkdir } from 'node:fs/promises'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'

const [out = 'shots', ...only] = process.argv.slice(2)
const ALL = ['today', 'empty', 'list', 'gallery', 'signin', 'wrong', 'code', 'enrol', 'first', 'locked', 'lost', 'refused', 'fault', 'today&lang=en', 'today&at=2025-12-31']
await mkdir(out, { recursive: true })
const server = await createServer({ configFile: new URL('../vite.config.ts', import.meta.url).pathname, server: { port: 0, host: '127.0.0.1', hmr: false }, logLevel: 'error' })
await server.listen()
const base = server.resolvedUrls.local[0]
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
for (const width of [1440, 1000, 360]) {
  const page = await browser.newPage({ viewport: { width, height: width === 360 ? 740 : 900 } })
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) console.log(width, message.text().slice(0, 300)) })
  page.on('pageerror', (error) => console.log(width, String(error).slice(0, 400)))
  for (const name of only.length ? only : ALL) {
    if (width === 1000 && name !== 'today' && name !== 'list') continue
    await page.goto(`${base}dev/index.html?page=${name}`)
    await page.waitForTimeout(900)
    const wide = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((el) => el.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(el).position !== 'fixed' && !el.closest('svg') && !el.closest('.tabs')).map((el) => `${el.tagName}.${el.className}`).slice(0, 5))
    if (wide.length) console.log(width, name, 'wider than the window:', wide.join(' '))
    await page.screenshot({ path: `${out}/${name.replace(/\W/g, '-')}-${width}.png` })
  }
  await page.close()
}
await browser.close()
await server.close()
