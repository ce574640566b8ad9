/** Indicators: refusals. */
export const indicators = {
  'refusal.indicators.not-found': '没有查到这个指标。\n它没有登记，或那天还没有。\n请从指标里再找。',
} as const
