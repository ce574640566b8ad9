import { auditedCounties, openTx, verifyAudit, type App } from '@songbai/platform/server'
import type { Command } from './context.ts'

interface Check { readonly county: string; readonly lines: number; readonly waiting: number; readonly fault: { readonly seq: number; readonly why: string } | null; readonly headHash: string }

/** `songbai verify audit`: recomputes the hash chain of every county, or of one. */
export const auditCommand: Command = async (context) => {
  if (context.positionals[1] !== 'audit') {
    context.print(context.language === 'zh' ? '用法：npx songbai verify audit' : 'Usage: npx songbai verify audit')
    return 2
  }
  const checks = context.app ? await checkAll(context.app, context.county) : await Promise.all((context.county ? [context.county] : await counties(context.perform)).map((county) => context.perform<Check>('system.verifyAudit', { county })))
  for (const check of checks) context.print(context.json ? JSON.stringify({ command: 'verify audit', ...check }) : say(check, context.language))
  return checks.every((check) => check.fault === null) ? 0 : 1
}

async function counties(perform: <T>(action: string, input: unknown) => Promise<T>): Promise<string[]> {
  return (await perform<{ counties: string[] }>('system.auditedCounties', {})).counties
}

async function checkAll(app: App, only: string): Promise<Check[]> {
  await app.settle()
  const list = only ? [only] : await auditedCounties(app.world.database)
  const checks: Check[] = []
  for (const county of list) checks.push(await openTx(app.world.database.db, 'songbai_platform', { prefixes: [''] }, (db) => verifyAudit(db, county), 600_000))
  return checks
}

function say(check: Check, language: 'zh' | 'en'): string {
  if (language === 'en') return check.fault ? `${check.county}: NOT intact at line ${check.fault.seq} (${check.fault.why}); lines before it hold` : `${check.county}: ${check.lines} lines, intact, ${check.waiting} waiting; head ${check.headHash.slice(0, 16)}`
  return check.fault ? `${check.county}　第 ${check.fault.seq} 条起对不上（${check.fault.why}），之前的 ${check.lines} 条完好` : `${check.county}　${check.lines} 条，没有被改动，${check.waiting} 条待编号；末尾 ${check.headHash.slice(0, 16)}`
}
