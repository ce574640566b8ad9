import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { testActor } from '@songbai/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './chromium.ts'
import { barriers, otherLanguage, tooWide } from './inspect.ts'
import { addresses } from './routes.ts'
import { PASSWORD, startProgram, type Running } from './running.ts'

const ROLES = ['countyClerk', 'townshipClerk', 'villageAssistant', 'assessor', 'leader', 'systemAdmin', 'auditor'] as const
type Role = (typeof ROLES)[number]

let program: Running
let browser: Browser
let open: readonly string[]
beforeAll(async () => {
  ;[program, browser] = await Promise.all([startProgram(160, ROLES), launchBrowser()])
  const found = await addresses(program.t, testActor(['countyClerk'], '500229000000', ['500229'], { grants: [{ role: 'countyClerk', prefix: '500229' }] }))
  open = found.open
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await program?.close()
})

async function seat(role: Role, width: number, lang: 'zh-CN' | 'en'): Promise<{ page: Page; complaints: string[]; leave: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width, height: width > 500 ? 900 : 740 }, locale: lang, reducedMotion: 'reduce' })
  context.setDefaultTimeout(60_000)
  await context.addInitScript((chosen) => localStorage.setItem('songbai.lang', chosen), lang)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401|422|503/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`)
  })
  await page.goto(program.base)
  await page.locator('input').first().fill(role.toLowerCase())
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.locator('.frame').waitFor()
  return { page, complaints, leave: () => context.close() }
}

async function visit(page: Page, path: string, name: string): Promise<void> {
  await page.goto(program.base + path)
  await page.locator('.frame main').waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(150)
  // Pictures of all pages for whoever wants to look: SONGBAI_PICTURES=folder.
  const folder = process.env['SONGBAI_PICTURES']
  if (folder) await page.screenshot({ path: join(folder, `${name}${path.replaceAll(/\W+/g, '-').slice(0, 40)}.png`), fullPage: true })
}

/** Pages a role has work on; the county clerk opens every page there is. */
const OF: Record<Role, (path: string) => boolean> = {
  countyClerk: () => true,
  townshipClerk: (path) => /^\/(today|work|elders|entitlements|assessments|indicators)\b/.test(path),
  villageAssistant: (path) => /^\/(today|work|elders)\b/.test(path),
  assessor: (path) => /^\/(today|assessments)\b/.test(path),
  leader: (path) => /^\/(today|entitlements|indicators|policies$)/.test(path),
  systemAdmin: (path) => /^\/(today|users|regions|me)\b/.test(path),
  auditor: (path) => /^\/(today|audit|policies$|indicators)\b/.test(path),
}

for (const [role, width] of [['countyClerk', 1440], ['countyClerk', 360], ['townshipClerk', 360], ['villageAssistant', 360], ['assessor', 768], ['leader', 1440], ['systemAdmin', 1440], ['systemAdmin', 360], ['auditor', 1440]] as const) {
  test(`${role} at ${width}: no page is wider than its box, stops a screen reader, speaks another language or breaks`, async () => {
    const { page, complaints, leave } = await seat(role, width, 'zh-CN')
    const faults: string[] = []
    for (const path of open.filter(OF[role])) {
      await visit(page, path, `${role}-${width}-zh`)
      faults.push(...[...(await tooWide(page)), ...(await barriers(page)), ...(await otherLanguage(page, 'zh-CN'))].map((fault) => `${path}: ${fault}`))
    }
    expect(faults).toEqual([])
    expect(complaints).toEqual([])
    await leave()
  }, 600_000)
}

for (const [role, width] of [['countyClerk', 1440], ['countyClerk', 360], ['systemAdmin', 1440]] as const) {
  test(`${role} in English at ${width}: complete, and what stays Chinese says so`, async () => {
    const { page, complaints, leave } = await seat(role, width, 'en')
    const faults: string[] = []
    for (const path of open.filter(OF[role])) {
      await visit(page, path, `${role}-${width}-en`)
      faults.push(...[...(await tooWide(page)), ...(await otherLanguage(page, 'en'))].map((fault) => `${path}: ${fault}`))
    }
    expect(faults).toEqual([])
    expect(complaints).toEqual([])
    await leave()
  }, 600_000)
}
