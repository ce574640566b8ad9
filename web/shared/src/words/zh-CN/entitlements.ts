/** Entitlements: refusals. */
export const entitlements = {
  'refusal.entitlements.elder-not-found': '没有查到这位老人。\n不在您的范围，或没有登记。\n可以按 / 再找。',
  'refusal.entitlements.item-not-found': '没有查到这一项待遇。\n那天的清单里没有它。\n请看那天的政策与清单。',
} as const
