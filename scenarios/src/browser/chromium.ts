/** A real browser for tests: the system's Chromium when there is one, else the one that comes inside an npm package. No download. */
import { chromium, type Browser } from 'playwright-core'
import packed from '@sparticuz/chromium'
import { existsSync } from 'node:fs'

const SYSTEM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:/Program Files/Google/Chrome/Application/chrome.exe']

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Fit for a function that opens one page and ends: a second page in a browser of one process brings all of it down. */
const IN_ONE_PROCESS = new Set(['--single-process', '--no-zygote', '--in-process-gpu'])

export async function launchBrowser(): Promise<Browser> {
  const system = SYSTEM.find((path) => path !== undefined && existsSync(path))
  if (system && !process.env['SONGBAI_PACKED_CHROMIUM']) return chromium.launch({ executablePath: system, args: QUIET, headless: true })
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args.filter((arg) => !IN_ONE_PROCESS.has(arg)), ...QUIET], headless: true })
}
