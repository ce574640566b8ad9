/** What the parts of a scale say of each other: references, and that every sum that can occur has exactly one band. */
import type { Band, Condition, Grade, Item, ScaleDefinition } from './types.ts'
import type { Reader } from './read.ts'
import { isRequired, optionsOf } from './items.ts'

export function checkLinks(reader: Reader, scale: ScaleDefinition): void {
  reader.unique(scale.items.map(item => item.code), 'items')
  reader.unique(scale.items.map(item => item.key), 'items')
  reader.unique(scale.dimensions.map(dimension => dimension.code), 'dimensions')
  reader.unique(scale.levels.map(level => level.code), 'levels')
  reader.unique(scale.levels.map(level => String(level.level)), 'levels')
  scale.items.forEach((item, i) => checkItem(reader, scale, item, i))
  scale.dimensions.forEach((dimension, i) => {
    const items = scale.items.filter(item => item.dimension === dimension.code)
    if (dimension.bands) checkBands(reader, reachable(scale, items), dimension.bands, `dimensions[${i}].bands`)
    dimension.gradeRules?.forEach((rule, j) => checkCondition(reader, scale, rule.when, `dimensions[${i}].gradeRules[${j}].when`))
  })
  checkCombination(reader, scale)
  checkAdjustments(reader, scale)
  scale.alerts?.forEach((alert, i) => checkCondition(reader, scale, alert.when, `alerts[${i}].when`))
  scale.contradictions?.forEach((check, i) => {
    checkCondition(reader, scale, check.when, `contradictions[${i}].when`)
    check.items.forEach((code, j) => needItem(reader, scale, code, `contradictions[${i}].items[${j}]`))
  })
}

function checkItem(reader: Reader, scale: ScaleDefinition, item: Item, index: number): void {
  const path = `items[${index}]`
  needDimension(reader, scale, item.dimension, `${path}.dimension`)
  const hasOptions = item.kind === 'score' || item.kind === 'choice' || item.kind === 'multi'
  if (item.optionSet !== undefined && !Object.hasOwn(scale.optionSets, item.optionSet)) {
    reader.fault(`${path}.optionSet`, 'unknown_reference', { reference: item.optionSet })
  } else if (hasOptions && optionsOf(scale, item).length === 0) reader.fault(`${path}.options`, 'missing_key', { key: 'options' })
  if (item.options && item.optionSet !== undefined) reader.fault(`${path}.optionSet`, 'duplicate', { value: item.optionSet })
  if (item.kind === 'score') {
    for (const option of optionsOf(scale, item)) {
      if (option.score === undefined) reader.fault(`${path}.options`, 'missing_key', { key: `${option.id}.score` })
    }
    // A sum over a part that may stay open would be a guess ([S6]).
    if (!isRequired(item)) reader.fault(`${path}.required`, 'not_one_of', { value: 'false', allowed: 'true' })
  }
  if ((item.min ?? 0) > (item.max ?? Infinity)) reader.fault(`${path}.min`, 'bad_range', { min: item.min ?? 0, max: item.max ?? 0 })
  if (item.showIf) checkSkip(reader, scale, item, index)
}

/** A skip may look back only; otherwise the order of the questions would decide what is asked. */
function checkSkip(reader: Reader, scale: ScaleDefinition, item: Item, index: number): void {
  const path = `items[${index}].showIf`
  if (!item.showIf) return
  checkCondition(reader, scale, item.showIf, path)
  for (const code of itemsIn(item.showIf)) {
    const at = scale.items.findIndex(candidate => candidate.code === code)
    if (at >= index) reader.fault(path, 'later_reference', { reference: code })
  }
}

export function itemsIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(itemsIn)
  if ('any' in condition) return condition.any.flatMap(itemsIn)
  if ('not' in condition) return itemsIn(condition.not)
  if ('sumOf' in condition) return condition.sumOf
  return 'item' in condition ? [condition.item] : []
}

function checkCondition(reader: Reader, scale: ScaleDefinition, condition: Condition, path: string): void {
  if ('all' in condition) return condition.all.forEach((part, i) => checkCondition(reader, scale, part, `${path}.all[${i}]`))
  if ('any' in condition) return condition.any.forEach((part, i) => checkCondition(reader, scale, part, `${path}.any[${i}]`))
  if ('not' in condition) return checkCondition(reader, scale, condition.not, `${path}.not`)
  if ('total' in condition) return
  if ('sumOf' in condition) return condition.sumOf.forEach(code => needItem(reader, scale, code, path))
  if ('countGrades' in condition) return condition.countGrades.dimensions.forEach(code => needDimension(reader, scale, code, path))
  if ('dimension' in condition) return needDimension(reader, scale, condition.dimension, path)
  const item = needItem(reader, scale, condition.item, path)
  if (!item || !('is' in condition)) return
  const ids = optionsOf(scale, item).map(option => option.id)
  for (const id of condition.is) if (!ids.includes(id)) reader.fault(path, 'unknown_reference', { reference: `${item.code} = ${id}` })
}

function needItem(reader: Reader, scale: ScaleDefinition, code: string, path: string): Item | undefined {
  const item = scale.items.find(candidate => candidate.code === code)
  if (!item) reader.fault(path, 'unknown_reference', { reference: code })
  return item
}

function needDimension(reader: Reader, scale: ScaleDefinition, code: string, path: string): void {
  if (!scale.dimensions.some(dimension => dimension.code === code)) reader.fault(path, 'unknown_reference', { reference: code })
}

function needLevel(reader: Reader, scale: ScaleDefinition, level: number, path: string): void {
  if (!scale.levels.some(candidate => candidate.level === level)) reader.fault(path, 'unknown_reference', { reference: level })
}

/** Every sum these items can give; an item that may be skipped can also give nothing. */
export function reachable(scale: ScaleDefinition, items: Item[]): number[] {
  let sums = new Set([0])
  for (const item of items) {
    if (item.kind !== 'score') continue
    const scores = new Set(optionsOf(scale, item).map(option => option.score ?? 0))
    if (item.showIf) scores.add(0)
    const next = new Set<number>()
    for (const sum of sums) for (const score of scores) next.add(sum + score)
    sums = next
  }
  return [...sums].sort((a, b) => a - b)
}

/** [S2] Gaps between bands are allowed only where no sum can fall (steps of 5). */
function checkBands(reader: Reader, sums: number[], bands: (Band | Grade)[], path: string): void {
  bands.forEach((band, i) => {
    if (band.min > band.max) reader.fault(`${path}[${i}]`, 'bad_range', { min: band.min, max: band.max })
  })
  for (const sum of sums) {
    const count = bands.filter(band => sum >= band.min && sum <= band.max).length
    if (count === 0) reader.fault(path, 'sum_without_band', { sum })
    if (count > 1) reader.fault(path, 'overlapping_bands', { sum })
  }
}

function checkCombination(reader: Reader, scale: ScaleDefinition): void {
  const { combination } = scale
  if (combination.method === 'total') {
    const counted = new Set(scale.dimensions.filter(dimension => dimension.counts !== false).map(dimension => dimension.code))
    checkBands(reader, reachable(scale, scale.items.filter(item => counted.has(item.dimension))), combination.bands, 'combination.bands')
    combination.bands.forEach((band, i) => needLevel(reader, scale, band.level, `combination.bands[${i}].level`))
  } else if (combination.method === 'rules') {
    combination.rules.forEach((rule, i) => {
      checkCondition(reader, scale, rule.when, `combination.rules[${i}].when`)
      needLevel(reader, scale, rule.level, `combination.rules[${i}].level`)
    })
  } else {
    const gradesOf = (code: string) => scale.dimensions.find(dimension => dimension.code === code)?.bands?.map(band => band.grade) ?? []
    for (const code of [combination.rows, ...combination.columnsWorstOf]) needDimension(reader, scale, code, 'combination')
    const rows = Math.max(-1, ...gradesOf(combination.rows)) + 1
    const columns = Math.max(-1, ...combination.columnsWorstOf.flatMap(gradesOf)) + 1
    if (combination.cells.length !== rows || combination.cells.some(row => row.length !== columns)) {
      reader.fault('combination.cells', 'incomplete_matrix', { rows, columns })
    }
    combination.cells.flat().forEach(cell => needLevel(reader, scale, cell.level, 'combination.cells'))
  }
}

function checkAdjustments(reader: Reader, scale: ScaleDefinition): void {
  const { adjustments } = scale
  if (!adjustments) return
  reader.unique(adjustments.rules.map(rule => rule.id), 'adjustments.rules')
  adjustments.rules.forEach((rule, i) => {
    checkCondition(reader, scale, rule.when, `adjustments.rules[${i}].when`)
    if ('direct' in rule.effect) needLevel(reader, scale, rule.effect.direct, `adjustments.rules[${i}].effect.direct`)
  })
  const worst = Math.max(...scale.levels.map(level => level.level))
  // A cap below the worst level would turn a raise into an improvement.
  if (adjustments.cap !== worst) reader.fault('adjustments.cap', 'cap_not_worst', { cap: adjustments.cap, worst })
}
