/** People made up for the tests of this capability: ID numbers begin with 99, places are real ones of 城口县. */
import { checkCharacter } from './rules.ts'

export const VILLAGE = '500229102202'
export const OTHER_TOWNSHIP_VILLAGE = '500229103200'

export function syntheticId(birth: string, order: number): string {
  const body = `990201${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return body + checkCharacter(body)
}

export function newElderInput(extra: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: '冉秀兰', region: VILLAGE, source: '村级台账', ...extra }
}
