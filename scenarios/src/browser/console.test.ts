import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './chromium.ts'
import { PASSWORD, startProgram, type Running } from './running.ts'

let program: Running
let browser: Browser
const complaints: string[] = []

beforeAll(async () => {
  ;[program, browser] = await Promise.all([startProgram(120, ['countyClerk', 'auditor', 'leader', 'systemAdmin']), launchBrowser()])
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await program?.close()
})

async function open(width: number): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width, height: width > 500 ? 900 : 740 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401|422|503/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`)
  })
  return { page, context }
}

async function signIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.goto(program.base)
  await page.locator('input').first().fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(400)
}

test('a wrong password is answered in plain words and lets one try again', async () => {
  const { page, context } = await open(1440)
  await signIn(page, 'countyclerk', 'wrong')
  await expect.poll(() => page.locator('body').innerText()).toMatch(/不对|再试|还能/)
  await signIn(page, 'countyclerk')
  await page.waitForURL(/today/)
  await context.close()
})

for (const [width, role] of [[1440, 'countyclerk'], [360, 'countyclerk'], [1440, 'auditor'], [1440, 'systemadmin'], [1440, 'leader']] as const) {
  test(`every page of the menu opens for ${role} at ${width}: nothing wider than the window, no error, no refusal`, async () => {
    const { page, context } = await open(width)
    await signIn(page, role)
    await settled(page)
    const links = await page.evaluate(() => [...new Set([...document.querySelectorAll<HTMLAnchorElement>('nav a[href^="/"], aside a[href^="/"]')].map((link) => link.getAttribute('href')!))])
    const pages = links.length > 0 ? links : ['/today', '/elders', '/entitlements', '/indicators']
    const faults: string[] = []
    for (const path of pages) {
      await page.goto(program.base + path)
      await settled(page)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (wider > 0) faults.push(`${path} is ${wider}px too wide`)
      const words = await page.locator('body').innerText()
      if (/没有这一页|出错|没打开/.test(words)) faults.push(`${path}: ${words.slice(0, 120)}`)
    }
    expect(faults).toEqual([])
    expect(complaints.splice(0)).toEqual([])
    await context.close()
  }, 120_000)
}

test('a clerk finds an elder by pinyin initials from anywhere and opens the page', async () => {
  const { page, context } = await open(1440)
  await signIn(page, 'countyclerk')
  await settled(page)
  const { rows } = await program.t.must<{ rows: { name: string; id: string }[] }>({ ...(await clerk()), roles: ['countyClerk'] }, 'elders.list', { limit: 1 })
  await page.keyboard.press('/')
  await page.keyboard.type(rows[0]!.name)
  await expect.poll(() => page.locator('body').innerText()).toContain(rows[0]!.name)
  await page.waitForTimeout(600)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/elders\//)
  await settled(page)
  expect(await page.locator('body').innerText()).toContain('虚构')
  expect(complaints.splice(0)).toEqual([])
  await context.close()
}, 60_000)

test('the page in Chinese has no English sentence, and English is complete', async () => {
  const { page, context } = await open(1440)
  await signIn(page, 'countyclerk')
  await settled(page)
  for (const path of ['/today', '/elders', '/entitlements', '/policies', '/assessments']) {
    await page.goto(program.base + path)
    await settled(page)
    const words = await page.locator('body').innerText()
    expect(words.match(/[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}/g) ?? [], path).toEqual([])
  }
  await context.close()
}, 60_000)

async function clerk() {
  const { testActor } = await import('@songbai/platform/testing')
  return testActor(['countyClerk'])
}
