/** `songbai policy check | test | run | diff | explain`: the rule engine at the command line, from files alone. */
import { isDay } from '@songbai/calendar'
import { PolicyError, problemText } from '@songbai/policy'
import type { Command, CommandContext } from './context.ts'
import { checkPolicies, testPolicies } from './policy-check.ts'
import { explainPerson } from './policy-explain.ts'
import { Refusal } from './policy-load.ts'
import { BadLines } from './policy-population.ts'
import { diffPolicies, runPolicies } from './policy-run.ts'

export interface PolicyContext extends CommandContext {
  /** A document with --json, lines without. */
  readonly answer: (document: Record<string, unknown>, lines: () => readonly string[]) => void
  readonly say: (zh: string, en: string) => string
  readonly path: (index: number) => string
  readonly at: () => string
}

const COMMANDS: Record<string, (context: PolicyContext) => Promise<number>> = { check: checkPolicies, test: testPolicies, run: runPolicies, diff: diffPolicies, explain: explainPerson }

const USAGE = {
  zh: ['用法：', '  policy check 路径 [--json]　检查政策文件：写错的地方、空档、重叠、轮不到的行', '  policy test 路径 [--mutants] [--json]　跑样例；--mutants 再看改错一处会不会被样例发现',
    '  policy run --pack 路径 --population 文件 --at 日期 [--out 结果.csv] [--json]　对一批人计算', '  policy diff 旧 新 --population 文件 --at 日期 [--json]　新旧规则比：谁多谁少，花多少',
    '  policy explain --pack 路径 --item 项目 --at 日期 [--region 区划] < facts.json　一个人为什么'],
  en: ['Usage:', '  policy check PATH [--json]  mistakes, holes, overlaps, rows that never count', '  policy test PATH [--mutants] [--json]  golden cases; --mutants: slips no case would notice',
    '  policy run --pack PATH --population FILE --at DAY [--out RESULT.csv] [--json]  rules over many people', '  policy diff OLD NEW --population FILE --at DAY [--json]  who gains, who loses, what it costs',
    '  policy explain --pack PATH --item ID --at DAY [--region CODE] < facts.json  why, for one person'],
}

export const policyCommand: Command = async (context) => {
  const what = context.positionals[1] ?? ''
  const run = COMMANDS[what]
  if (run === undefined) {
    for (const line of USAGE[context.language]) context.print(line)
    return 2
  }
  const say = (zh: string, en: string): string => (context.language === 'zh' ? zh : en)
  try {
    return await run({
      ...context, say,
      answer: (document, lines) => {
        if (context.json) context.print(JSON.stringify({ command: `policy ${what}`, ...document }))
        else for (const line of lines()) context.print(line)
      },
      path: (index) => needed(context.positionals[index + 2] ?? (index === 0 ? context.values['pack'] : undefined), '请给出政策文件或文件夹的路径。', 'Give the path of a policy file or folder.'),
      at: () => {
        const day = needed(context.values['at'], '请用 --at 给出日期，如 --at 2026-07-01。', 'Give the day with --at, such as --at 2026-07-01.')
        if (!isDay(day)) throw new Refusal('badDay', `“${day}”不是日期。请写成 2026-07-01。`, `"${day}" is not a day. Write 2026-07-01.`)
        return day
      },
    })
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof PolicyError)) throw error
    const text = error instanceof Refusal ? error.words[context.language] : problemText(error, context.language)
    if (context.json) context.print(JSON.stringify({ command: `policy ${what}`, error: { code: error.code, text, ...(error instanceof BadLines ? { problems: error.problems } : {}) } }))
    else process.stderr.write(`${text}\n`)
    return 2
  }
}

export function needed(value: unknown, zh: string, en: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new Refusal('missing', zh, en)
}
