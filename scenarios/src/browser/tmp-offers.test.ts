import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { launchBrowser } from './chromium.ts'
import { PASSWORD, startProgram } from './running.ts'
import { clockActor } from '@songbai/platform/server'

test('look', async () => {
  const log: string[] = []
  const say = (line: string) => { log.push(line); writeFileSync('/tmp/shots/log.txt', log.join('\n')) }
  const program = await startProgram(400, ['countyClerk', 'townshipClerk'])
  program.t.clock.nowMs = Date.now()
  const cpu = process.cpuUsage()
  await program.t.app.tick(['500229'])
  for (let i = 0; i < 3; i++) { await program.t.app.settle(); program.t.app.tasks.poke(); await program.t.app.tasks.idle() }
  const used = process.cpuUsage(cpu)
  const n = await program.t.app.runAs(clockActor('500229'), 'x', (tx) => tx.rows`select count(*)::int as n from offers.offer`)
  say(`offers ${JSON.stringify(n)} cpu ms ${(used.user + used.system) / 1000} ${JSON.stringify(program.t.logged.slice(0, 3))}`)
  const browser = await launchBrowser()
  for (const [login, width] of [['countyclerk', 1440], ['townshipclerk', 360], ['townshipclerk', 1440]] as const) {
    const context = await browser.newContext({ viewport: { width, height: width > 500 ? 900 : 740 }, locale: 'zh-CN' })
    const page = await context.newPage()
    page.on('pageerror', (error) => say(`${page.url()} ${error.message}`))
    page.on('console', (message) => { if (message.type() === 'error') say(`${page.url()} console ${message.text()}`) })
    await page.goto(program.base)
    await page.locator('input').first().fill(login)
    await page.locator('input[type=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForTimeout(4000)
    const shot = async (name: string) => {
      await page.waitForLoadState('networkidle'); await page.waitForTimeout(3500)
      await page.screenshot({ path: `/tmp/shots/${name}-${login}-${width}.png`, fullPage: true })
      const wide = await page.evaluate(() => [...document.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > window.innerWidth + 1 && getComputedStyle(el).position !== 'fixed').slice(0, 3).map((el) => `${el.tagName}.${el.className}`))
      if (wide.length > 0) say(`${name} ${width} wide: ${wide.join(' | ')}`)
    }
    await shot('today')
    await page.goto(`${program.base}/offers`); await shot('offers')
    const id = (await program.t.must<any>(clockActor('500229'), 'offers.list', { item: 'age-allowance', limit: 1, ...(login === 'townshipclerk' ? { place: '500229110000' } : {}) })).rows[0]?.id
    if (id) { await page.goto(`${program.base}/offers/${id}`); await shot('offer') }
    if (id && width === 1440) {
      await page.getByRole('button', { name: '打印告知信' }).click(); await page.waitForTimeout(1500); await shot('letter')
      await page.emulateMedia({ media: 'print' }); await page.pdf({ path: `/tmp/shots/letter-${login}.pdf`, format: 'A4' }); await page.emulateMedia({ media: 'screen' })
    }
    await page.goto(`${program.base}/offers/ahead`); await shot('ahead')
    await page.goto(`${program.base}/messages`); await shot('messages')
    if (width === 1440) { await page.keyboard.press('j'); await page.keyboard.press('Enter'); await shot('message-open') }
    await context.close()
  }
  await browser.close(); await program.close(); say('done')
}, 900_000)
