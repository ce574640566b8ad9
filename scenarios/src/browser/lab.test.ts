import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './chromium.ts'
import { PASSWORD, startProgram, type Running } from './running.ts'

let program: Running
let browser: Browser
const complaints: string[] = []

beforeAll(async () => {
  ;[program, browser] = await Promise.all([startProgram(200, ['countyClerk', 'leader']), launchBrowser()])
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await program?.close()
})

async function signedIn(login: string, width = 1440): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(program.base)
  await page.locator('input').first().fill(login)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL(/today/)
  return { page, context }
}

const counted = async (page: Page): Promise<void> => {
  await expect.poll(() => page.locator('.foot').innerText(), { timeout: 20_000 }).toMatch(/人全算/)
  await expect.poll(() => page.locator('.lab-impact').innerText(), { timeout: 20_000 }).not.toContain('正在算')
}

test('a clerk opens an item, changes an age in the table, sees who gains and what it costs, and undoes it', async () => {
  const { page, context } = await signedIn('countyclerk')
  await page.goto(`${program.base}/lab`)
  await page.locator('tr', { hasText: '高龄津贴' }).getByRole('button', { name: '起草新的一版' }).click()
  await page.waitForURL(/\/lab\/[0-9a-f-]{36}/)
  await counted(page)
  const before = await page.locator('.lab-impact .big').innerText()
  await page.locator('.dt tbody tr').nth(2).locator('td').nth(1).click()
  const from = page.locator('tr.edit input').first()
  await from.fill('70')
  await expect.poll(() => page.locator('tr.edit .effect').innerText(), { timeout: 20_000 }).toMatch(/\+\d+ 人/)
  await counted(page)
  expect(await page.locator('.lab-impact .big').innerText()).not.toBe(before)
  await expect.poll(() => page.locator('.stp').innerText()).toMatch(/案例/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '撤销' }).click()
  await counted(page)
  expect(await page.locator('.lab-impact .big').innerText()).toBe(before)
  await page.getByRole('button', { name: '看文本' }).click()
  expect(await page.locator('textarea#lab-text').inputValue()).toContain('满80周岁: age >= 80')
  expect(complaints.splice(0)).toEqual([])
  await context.close()
}, 120_000)

test('the table is worked by keys alone, and a row moved by them is a row moved in the text', async () => {
  const { page, context } = await signedIn('countyclerk')
  await page.goto(`${program.base}/lab`)
  await page.locator('tr', { hasText: '高龄津贴' }).getByRole('button', { name: '起草新的一版' }).click()
  await page.waitForURL(/\/lab\/[0-9a-f-]{36}/)
  await counted(page)
  await page.locator('.dt td.no').first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('tr.edit').count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('button', { name: '看文本' }).click()
  const text = await page.locator('textarea#lab-text').inputValue()
  expect(text.indexOf('id: band90')).toBeLessThan(text.indexOf('id: band100'))
  await page.getByRole('button', { name: '看表格' }).click()
  // The row for a hundred years now stands behind the one for ninety: nobody reaches it.
  await expect.poll(() => page.locator('.lab-findings').innerText(), { timeout: 20_000 }).toContain('轮不到')
  await page.keyboard.press('F8')
  await page.locator('.lab-findings .fd', { hasText: '轮不到' }).getByRole('button', { name: '移到前面' }).click()
  await expect.poll(() => page.locator('.lab-findings').innerText(), { timeout: 20_000 }).not.toContain('轮不到')
  expect(complaints.splice(0)).toEqual([])
  await context.close()
}, 120_000)

for (const width of [1440, 1000, 360]) {
  test(`the lab is no wider than a window of ${width}, for a clerk and for a leader who sees sums and no names`, async () => {
    for (const login of ['countyclerk', 'leader']) {
      const { page, context } = await signedIn(login, width)
      await page.goto(`${program.base}/lab`)
      await page.waitForLoadState('networkidle')
      await page.locator('.lab-items a').first().click()
      await page.waitForURL(/\/lab\/[0-9a-f-]{36}/)
      await counted(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
      expect(await page.locator('.samples').count()).toBe(login === 'leader' ? 0 : 1)
      await context.close()
    }
    expect(complaints.splice(0)).toEqual([])
  }, 120_000)
}
