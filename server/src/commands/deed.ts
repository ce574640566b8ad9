import type { Command } from './context.ts'

/** `songbai do|see NAME 'JSON'`: any declared action, as the operator. */
export const deedCommand: Command = async (context) => {
  const [, name, input] = context.positionals
  if (name === undefined) {
    context.print(context.language === 'zh' ? '请写动作名，见 /api 页面。' : 'Name an action; see the /api page.')
    return 2
  }
  context.print(JSON.stringify(await context.perform(name, input === undefined ? {} : JSON.parse(input)), null, context.json ? 0 : 2))
  return 0
}
