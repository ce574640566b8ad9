/** Words for every code of this engine, zh-CN and en. `{name}` is filled from the code's arguments. */
import { optionsOf } from './items.ts'
import type { ProcessProblemCode, ReassessmentReason } from './process.ts'
import type { FaultCode } from './read.ts'
import type { Label, ProblemCode, ScaleDefinition, Step, StepCode } from './types.ts'

/** What is so, why it matters, what to do now. */
export interface Advice { what: Label; why: Label; todo: Label }

const say = (zh: string, en: string): Label => ({ zh, en })

export const STEP_WORDS: Record<StepCode, Label> = {
  dimension_sum: say('{label}：{parts} = {score} 分（满分 {max}）', '{label}: {parts} = {score} points (of {max})'),
  dimension_grade: say('{label}：{score} 分，为 {grade} 级', '{label}: {score} points, grade {grade}'),
  total: say('总分：{parts} = {total} 分', 'Total: {parts} = {total} points'),
  band: say('{total} 分在 {min}~{max} 分之间，初步等级 {level} 级', '{total} points lie within {min}–{max}: initial level {level}'),
  matrix_cell: say('等级组合：第一组 {row} 级，其余两组中较重者 {column} 级，得 {level} 级（可信度：{trust}）', 'Combination: first group grade {row}, the worse of the others grade {column}, giving level {level} (trust: {trust})'),
  combination_rule: say('按组合规则 {rule}：{label}，得 {level} 级', 'By combination rule {rule}: {label}, level {level}'),
  direct_level: say('{rule}：{label}，直接定为 {level} 级', '{rule}: {label}; level {level} directly'),
  raise_level: say('{rule}：{label}，由 {from} 级改为 {level} 级', '{rule}: {label}; from level {from} to level {level}'),
  raise_not_stacked: say('{rule}：{label}，等级变更不叠加，已按 {by} 变更', '{rule}: {label}; changes do not add up, already raised by {by}'),
  raise_overtaken: say('{rule}：{label}，已由 {by} 直接定级，不再变更', '{rule}: {label}; nothing more to change after {by}'),
  cap_reached: say('{rule}：{label}，已是最重的 {cap} 级，不再变更', '{rule}: {label}; already at the worst level {cap}'),
  no_adjustment: say('没有等级变更事由，保持 {level} 级', 'No reason to change the level: stays {level}'),
  final_level: say('最终等级：{level} 级 {label}', 'Final level: {level}, {label}'),
}

const advice = (what: Label, why: Label, todo: Label): Advice => ({ what, why, todo })
const correct = say('请改正该题后再提交。', 'Correct this item and submit again.')

export const PROBLEM_WORDS: Record<ProblemCode, Advice> = {
  unknown_item: advice(say('量表中没有 {item} 这一题', 'The scale has no item {item}'), say('答案可能来自另一份量表或旧版本。', 'The answers may belong to another scale or an older version.'), say('请核对量表和版本。', 'Check the scale and its version.')),
  wrong_kind: advice(say('“{item}”的答案类型不对，应为 {kind}', 'The answer to “{item}” is of the wrong kind, expected {kind}'), say('不能据此计分。', 'It cannot be counted.'), correct),
  unknown_option: advice(say('“{item}”没有选项 {option}', '“{item}” has no option {option}'), say('只能在所列选项中选择。', 'Only the listed options count.'), correct),
  exclusive_option: advice(say('“{item}”：选了“{option}”就不能再选其他', '“{item}”: “{option}” excludes every other option'), say('两者互相矛盾。', 'They contradict each other.'), correct),
  repeated_option: advice(say('“{item}”有选项重复', '“{item}” names an option twice'), say('重复会被重复计算。', 'It would be counted twice.'), correct),
  out_of_range: advice(say('“{item}”的值 {value} 不在 {min}~{max} 之间', 'The value {value} of “{item}” is not within {min}–{max}'), say('超出范围的数不会被改成边界值。', 'A value outside the range is never bent to its edge.'), correct),
  not_a_day: advice(say('“{item}”不是有效日期', '“{item}” is not a real day'), say('日期写作 YYYY-MM-DD，且须真实存在。', 'Days are written YYYY-MM-DD and must exist.'), correct),
  empty_text: advice(say('“{item}”是空白', '“{item}” is blank'), say('空白不是答案。', 'A blank is no answer.'), say('请填写，或留作未答。', 'Fill it in or leave it unanswered.')),
  skipped_but_answered: advice(say('“{item}”不必回答，却有答案', '“{item}” is not asked of this person but has an answer'), say('前面的答案改过之后，这里的旧答案可能已失效。', 'An earlier answer was changed and left this one behind.'), say('请删除该答案，或改回前面的答案。', 'Remove this answer, or put the earlier one back.')),
  refusal_without_reason: advice(say('“{item}”记为拒答，但没有写原因', '“{item}” is marked as refused without a reason'), say('拒答的题目没有分值，原因须留痕。', 'A refused item has no points; the reason must be on record.'), say('请填写拒答原因。', 'Write down why.')),
  contradiction: advice(say('答案相互矛盾：{zh}', 'Answers contradict each other: {en}'), say('两处会得出不同的等级。', 'The two would lead to different levels.'), say('请与信息提供者核对后改正其中一处。', 'Ask the informant again and correct one of them.')),
  retired_scale: advice(say('{scale} 已停用', '{scale} is retired'), say('旧结果可以查看，不能再据此作出新结果，也不换算成新等级。', 'Old results stay readable; no new one may be made and none is converted.'), say('请按现行标准重新评估。', 'Assess again by the current scale.')),
  no_combination_rule: advice(say('各部分等级的组合没有对应规则', 'No rule covers this combination of grades'), say('原标准对这种组合没有写明。', 'The source names no level for it.'), say('以原评估报告上的等级为准，并请重新评估。', 'Go by the level on the original report and assess again.')),
}

export const OPEN_WORDS: Record<'missing' | 'refused', Advice> = {
  missing: advice(say('还有 {count} 题未答', '{count} items are still open'), say('缺一题就不能定级。', 'No level while one is open.'), say('请补答。', 'Answer them.')),
  refused: advice(say('有 {count} 题拒答', '{count} items were refused'), say('标准没有给拒答的分值；按 0 分计会错定等级。', 'The norm gives a refusal no points; counting 0 would give a wrong level.'), say('请换时间、换人或换方式再问；仍拒答的，本次不出结果。', 'Ask again at another time, by another person or in another way; if still refused there is no result.')),
}

export const PROCESS_WORDS: Record<ProcessProblemCode, Advice> = {
  signed_other_answers: advice(say('{person} 签的不是这一份答案', '{person} signed other answers'), say('签名之后答案有改动。', 'The answers were changed after signing.'), say('请本人重新核对并签名。', 'Let them read the answers again and sign.')),
  same_assessor_twice: advice(say('同一评估员 {person} 签了两次', 'Assessor {person} signed twice'), say('须由两名不同的评估员共同评估。', 'Two different assessors are needed.'), say('请另一名评估员签名。', 'Let the other assessor sign.')),
  validity_too_long: advice(say('有效期 {months} 个月超过上限 {maxMonths} 个月', 'A validity of {months} months is above the maximum of {maxMonths}'), say('超过上限的设置不会被悄悄改短。', 'A setting above the limit is not cut silently.'), say('请修改有效期参数。', 'Change the parameter.')),
  validity_too_short: advice(say('有效期 {months} 个月无效', 'A validity of {months} months makes no sense'), say('有效期须为不少于 1 的整月数。', 'It must be a whole number of months, at least 1.'), say('请修改有效期参数。', 'Change the parameter.')),
  valid_result_exists: advice(say('已有有效结果，有效至 {validUntil}（出具：{issuer}）', 'A result is in force until {validUntil} (issued by {issuer})'), say('评估结果部门互认，有效期内不重复评估。', 'Offices recognise each other’s results; no second assessment while one is valid.'), say('请直接使用该结果；能力有变化或有异议时写明原因，或自 {reassessFrom} 起常规复评。', 'Use that result; give the reason if the state changed or the result is doubted, or come back from {reassessFrom} on.')),
  reason_text_missing: advice(say('没有写明再次评估的原因', 'The reason for another assessment is not written down'), say('有效期内再次评估须有据可查。', 'Assessing again within the validity must be traceable.'), say('请写明发生了什么变化、在哪一天。', 'Say what changed, and when.')),
  other_scale: advice(say('结果出自另一份量表（{found}），所需为 {wanted}', 'The result comes from another scale ({found}); {wanted} is needed'), say('不同量表的等级不能换算。', 'Levels of different scales cannot be converted.'), say('请按所需量表评估。', 'Assess by the scale that is needed.')),
  retired_scale: advice(say('结果出自已停用的量表 {scale}', 'The result comes from the retired scale {scale}'), say('旧等级不换算成新等级。', 'An old level is never turned into a new one.'), say('请按现行标准重新评估。', 'Assess again by the current scale.')),
  not_yet_valid: advice(say('该结果在 {assessedOn} 才作出', 'The result was made on {assessedOn} only'), say('所查日期还没有这个结果。', 'On the day asked for it did not exist.'), say('请换一个日期查询。', 'Ask for another day.')),
  expired: advice(say('结果已于 {validUntil} 到期', 'The result ended on {validUntil}'), say('到期的结果不能作为依据。', 'A result that ended proves nothing.'), say('请安排复评。', 'Arrange a new assessment.')),
  in_dispute: advice(say('该结果正在复核', 'The result is in dispute'), say('复核期间不作为新决定的依据。', 'No new decision rests on it meanwhile.'), say('请等待复核结果。', 'Wait for the re-check.')),
  assessor_of_disputed_result: advice(say('{person} 参加过有异议的那次评估', '{person} took part in the disputed assessment'), say('复核须由其他评估员进行。', 'The re-check is made by others.'), say('请改派评估员。', 'Send another assessor.')),
  too_few_assessors: advice(say('需要 {needed} 名评估员，现有 {found} 名', '{needed} assessors are needed, {found} named'), say('评估须由足够的评估员共同进行。', 'Enough assessors must be there together.'), say('请补派评估员。', 'Name more assessors.')),
}

export const REASON_WORDS: Record<ReassessmentReason['code'], Label> = {
  retired_scale: say('量表已停用，须按现行标准评估', 'the scale is retired: assess by the current one'),
  expired: say('结果自 {day} 起失效', 'the result is no longer valid from {day}'),
  routine_due: say('自 {day} 起可常规复评', 'routine reassessment from {day}'),
  hospital_stay: say('{day} 住院', 'hospital stay on {day}'),
  fall: say('{day} 跌倒', 'fall on {day}'),
  care_risk_events: say('截至 {day} 的30天内照护风险事件达到2次', 'two care-risk events within 30 days up to {day}'),
  new_diagnosis: say('{day} 新增影响定级的诊断', 'new diagnosis that bears on the level on {day}'),
  consciousness_regained: say('{day} 意识转为清醒', 'conscious again on {day}'),
  status_change: say('{day} 能力状况变化', 'change of ability on {day}'),
  family_request: say('{day} 本人或家属申请', 'asked for by the elder or family on {day}'),
}

const fault = (zh: string, en: string): Label => say(`{path}:${zh}`, `{path}: ${en}`)

export const FAULT_WORDS: Record<FaultCode, Label> = {
  unknown_key: fault('没有 {key} 这个键,请删除或改正拼写', 'there is no key {key}; remove it or correct the spelling'),
  missing_key: fault('缺少 {key},请补上', '{key} is missing; add it'),
  not_text: fault('应为文字', 'must be text'),
  not_whole_number: fault('应为整数', 'must be a whole number'),
  not_yes_no: fault('应为 true 或 false', 'must be true or false'),
  not_list: fault('应为列表', 'must be a list'),
  not_object: fault('应为一组键和值', 'must be keys and values'),
  not_one_of: fault('“{value}”不在可用值之内:{allowed}', '“{value}” is not one of: {allowed}'),
  empty: fault('不能为空', 'must not be empty'),
  not_a_day: fault('{value} 不是有效日期', '{value} is not a real day'),
  duplicate: fault('{value} 重复', '{value} occurs twice'),
  unknown_reference: fault('引用的 {reference} 不存在', 'refers to {reference}, which does not exist'),
  later_reference: fault('跳题条件只能引用前面的题,{reference} 在后面', 'a skip may look back only; {reference} comes later'),
  bad_range: fault('范围 {min}~{max} 不成立', 'the range {min}–{max} is impossible'),
  sum_without_band: fault('可能出现的 {sum} 分没有对应等级', 'the sum {sum} can occur but has no level'),
  overlapping_bands: fault('{sum} 分同时落入两个等级', 'the sum {sum} falls into two levels'),
  incomplete_matrix: fault('组合表应为 {rows} 行 {columns} 列', 'the matrix must have {rows} rows and {columns} columns'),
  cap_not_worst: fault('封顶 {cap} 须等于最重等级 {worst}', 'the cap {cap} must be the worst level {worst}'),
  unknown_condition: fault('看不懂的条件:{keys}', 'a condition of an unknown kind: {keys}'),
}

/** Fills `{name}` places; a name without a value stays visible, so that a test can see it. */
export const fill = (template: string, args: Record<string, string | number>): string =>
  template.replace(/\{(\w+)\}/g, (place, name: string) => String(args[name] ?? place))

export type Language = 'zh' | 'en'

/** One explanation step as a sentence with its numbers. */
export const stepText = (step: Step, language: Language): string =>
  fill(STEP_WORDS[step.code][language], { ...step.args, label: step.label?.[language] ?? '' }).trim()

/** The arguments of a problem with item and option codes replaced by their labels. */
export function readableArgs(scale: ScaleDefinition, args: Record<string, string | number>, language: Language): Record<string, string | number> {
  const item = scale.items.find(candidate => candidate.code === args.item)
  if (!item) return args
  const option = optionsOf(scale, item).find(candidate => candidate.id === args.option)
  return { ...args, item: item.label[language], ...(option ? { option: option.label[language] } : {}) }
}

/** What · why · what to do, filled, in one language. */
export const adviceText = (words: Advice, args: Record<string, string | number>, language: Language): { what: string; why: string; todo: string } =>
  ({ what: fill(words.what[language], args), why: fill(words.why[language], args), todo: fill(words.todo[language], args) })
