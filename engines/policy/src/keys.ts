/** The keys and words of the policy file, in one place: the parser reads by them and the published JSON Schema is made from them. `!` = must be there. */
export const TOP_KEYS = ['policy!', 'title!', 'kind', 'service', 'listItem', 'region!', 'regionName', 'extends', 'version!', 'effective!', 'basis!', 'params', 'let', 'table', 'unit', 'pay', 'stacking', 'evidence',
  'review', 'due', 'cases', 'note', 'draft', 'sample']
export const EFFECTIVE_KEYS = ['from!', 'to']
export const CLAUSE_KEYS = ['doc!', 'article', 'clause', 'title', 'issued', 'repealed', 'quote']
export const PARAM_KEYS = ['label', 'unit', 'values!', 'basis', 'floor', 'sample']
export const VALUE_KEYS = ['value!', 'basis', 'sample']
export const TABLE_KEYS = ['hit', 'rows']
export const ROW_KEYS = ['id!', 'label', 'when', 'amount', 'basis', 'from', 'to', 'sample', 'floor', 'drop', 'before']
export const STACK_KEYS = ['kind!', 'with', 'limit', 'when', 'text', 'basis!']
export const PAY_KEYS = ['cycle', 'start!', 'end!', 'prorate', 'round']
export const REVIEW_KEYS = ['every', 'before', 'on']
export const DUE_KEYS = ['from!', 'days', 'workdays']
export const CASE_KEYS = ['at!', 'in!', 'out!', 'note']
export const OUT_KEYS = ['row', 'rows', 'amount', 'miss', 'unknown']

export const KINDS = ['cash', 'service', 'voucher'] as const
export const UNITS_OF_AMOUNT = ['分/月', '分/年', '分/次', '分'] as const
export const HITS = ['first', 'unique', 'sum'] as const
export const STACK_KINDS = ['max', 'first', 'cap', 'offset', 'suspend'] as const
export const CYCLES = ['month', 'year', 'once', 'use'] as const
export const STARTS = ['eventMonth', 'nextMonth', 'applicationMonth'] as const
export const ENDS = ['eventMonth', 'monthBefore', 'nextMonth'] as const
export const PRORATES = ['none', 'days'] as const
export const ROUNDS = ['分', '角', '元'] as const
export const DUE_FROMS = ['application', 'event'] as const

export const POLICY_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
export const ROW_ID = /^[A-Za-z0-9][A-Za-z0-9-]*$/
export const EXTENDS = /^(\d+)\/([a-z0-9-]+)(?:@(\d+))?$/
