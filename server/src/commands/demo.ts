import { DEMO_PLACES } from '@songbai/scenarios/demo'
import { loadPeople } from '../demo-people.ts'
import type { Command } from './context.ts'

/** `songbai demo --elders N --region CODE --seed S`: the same people for the same words, up to a million. */
export const demoCommand: Command = async (context) => {
  const zh = context.language === 'zh'
  const elders = Number(context.values['elders'] ?? 1000)
  // A code may be written with the zeros of its lower levels: 320600 is all of 3206.
  const region = String(context.values['region'] ?? DEMO_PLACES[0]!.region).replace(/^(\d{2}|\d{4})(00)+$/, '$1')
  const seed = String(context.values['seed'] ?? 'songbai')
  if (!Number.isInteger(elders) || elders < 1 || elders > 1_000_000 || !/^\d{2}(\d{2}(\d{2})?)?$/.test(region)) {
    context.print(zh ? '用法：npx songbai demo --elders 1到1000000 --region 两位、四位或六位区划代码 --seed 任意字' : 'Usage: npx songbai demo --elders 1..1000000 --region 2, 4 or 6 digits --seed TEXT')
    return 2
  }
  if (!context.app) {
    context.print(zh ? '请先停掉正在运行的松柏，再生成演示数据：它要直接写数据库。' : 'Stop the running Songbai first: generated people are written straight to the database.')
    return 2
  }
  const begun = performance.now()
  const stored = await loadPeople(context.app, { region, elders, seed }, (done) => {
    if (!context.json && process.stdout.isTTY) process.stdout.write(`\r${done}/${elders}`)
  })
  const seconds = (performance.now() - begun) / 1000
  context.print(context.json ? JSON.stringify({ command: 'demo', region, seed, elders: stored, seconds: Number(seconds.toFixed(1)), perSecond: Math.round(stored / seconds) }) : zh ? `生成了 ${stored} 位虚构的老人，用了 ${seconds.toFixed(1)} 秒。` : `${stored} synthetic elders in ${seconds.toFixed(1)} s.`)
  return 0
}
