/** The `songbai` command line. While the server is up it talks to it through the local socket; else it opens the data itself. */
import { parseArgs } from 'node:util'
import { boot } from './boot.ts'
import { assessCommand } from './commands/assess.ts'
import { auditCommand } from './commands/audit.ts'
import { entitleCommand } from './commands/entitle.ts'
import { explainCommand } from './commands/explain.ts'
import { importCommand } from './commands/import.ts'
import { routeCommand } from './commands/route.ts'
import { policyCommand } from './commands/policy.ts'
import type { Command, CommandContext } from './commands/context.ts'
import { localContext, remoteContext } from './commands/context.ts'
import { demoCommand } from './commands/demo.ts'
import { deedCommand } from './commands/deed.ts'
import { readConfig, SetupError } from './config.ts'
import { socketPath } from './socket.ts'
import { isSentence, sentence } from './words.ts'

interface Entry {
  readonly run: Command
  /** False for what needs no data at all. */
  readonly data: boolean
  readonly usage: { readonly zh: string; readonly en: string }
}

const COMMANDS: Record<string, Entry> = {
  assess: { run: assessCommand, data: false, usage: { zh: 'assess --scale gbt42195 < 答案.json　按量表算能力等级', en: 'assess --scale gbt42195 < answers.json  ability level by a scale' } },
  import: { run: importCommand, data: true, usage: { zh: 'import elders 文件 --county 500229 [--dry-run]　导入名单', en: 'import elders FILE --county 500229 [--dry-run]  import a list' } },
  entitle: { run: entitleCommand, data: true, usage: { zh: 'entitle --county 500229 [--at 日期]　全县谁该享受什么', en: 'entitle --county 500229 [--at DAY]  who is entitled to what' } },
  explain: { run: explainCommand, data: true, usage: { zh: 'explain --elder 编号 --item 项目 [--at 日期]　为什么', en: 'explain --elder ID --item ITEM [--at DAY]  why' } },
  policy: { run: policyCommand, data: false, usage: { zh: 'policy check | test | run | diff | explain　检查、试算政策文件（不用数据库）', en: 'policy check | test | run | diff | explain  check and try policy files, without a database' } },
  verify: { run: auditCommand, data: true, usage: { zh: 'verify audit [--county 500229]　核对操作记录有没有被改动', en: 'verify audit [--county 500229]  check the audit log for tampering' } },
  demo: { run: demoCommand, data: true, usage: { zh: 'demo --elders N --region 500229 --seed S　生成虚构的老人', en: 'demo --elders N --region 500229 --seed S  make synthetic elders' } },
  route: { run: routeCommand, data: false, usage: { zh: 'route 文件 [--format vroom|solomon|hhcrsp] [--seconds 秒] [--seed 数] [--fleet 车数]　排路线；route check 问题 方案　核对', en: 'route FILE [--format vroom|solomon|hhcrsp] [--seconds S] [--seed N] [--fleet K]  plan tours; route check PROBLEM SOLUTION' } },
  do: { run: deedCommand, data: true, usage: { zh: "do 动作 '{输入}'　直接做一件事（见 /api）", en: "do ACTION '{input}'  run one action (see /api)" } },
  see: { run: deedCommand, data: true, usage: { zh: "see 问题 '{输入}'　直接问一件事", en: "see QUESTION '{input}'  ask one question" } },
}

/** Words that take a value; everything else that begins with `--` is a switch. */
const OPTIONS = Object.fromEntries(['scale', 'county', 'elders', 'region', 'seed', 'at', 'known-on', 'elder', 'item', 'sheet', 'rows', 'format', 'pack', 'population', 'out', 'facts', 'iterations', 'seconds', 'fleet'].map((name) => [name, { type: 'string' as const }]))

export async function cli(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  const config = readConfig([])
  const entry = name === undefined ? undefined : COMMANDS[name]
  if (!entry) {
    process.stderr.write(`${[config.language === 'zh' ? '用法：npx songbai …' : 'Usage: npx songbai …', ...Object.values(COMMANDS).map((one) => `  ${one.usage[config.language]}`)].join('\n')}\n`)
    return name === undefined || name === 'help' || name === '--help' ? 0 : 2
  }
  const { values, positionals } = parseArgs({ args: [...rest], allowPositionals: true, strict: false, options: OPTIONS })
  const options = { json: values['json'] === true, county: typeof values['county'] === 'string' ? values['county'] : '', language: config.language, root: config.root, values, positionals: [name!, ...positionals] }
  let context: (CommandContext & { close(): Promise<void> }) | null = null
  try {
    context = !entry.data ? localContext(null, options) : ((await remoteContext(socketPath(config), options)) ?? localContext(await boot(config), options))
    return await entry.run(context)
  } catch (error) {
    process.stderr.write(error instanceof SetupError && isSentence(error.code) ? `${sentence(config.language, error.code, error.args)}\n` : `${(error as Error).message}\n`)
    return 1
  } finally {
    await context?.close()
  }
}
