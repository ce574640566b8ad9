/** Policies: refusals. */
export const policies = {
  'refusal.policies.cases-fail': '不能送审。\n有案例算出来和该得的不一样。\n请改规则或改案例，都对上再送。',
  'refusal.policies.date-missing': '不能发布。\n没有写从哪天起。\n请写上开始的日子。',
  'refusal.policies.date-overlaps': '不能发布。\n那几天已有一版在用，不能两版一起算。\n请改开始的日子，或先停用那一版。',
  'refusal.policies.document-not-found': '没有查到这份文件。\n文件库里没有，或不在您的范围。\n请从政策与清单里再找。',
  'refusal.policies.has-problems': '不能送审。\n检查还有没处理的问题。\n请先看问题那几行。',
  'refusal.policies.no-cases': '不能送审。\n还没有案例，没法证明算得对。\n请至少写一个案例。',
  'refusal.policies.not-a-draft': '不能改。\n只有草稿能改，这一版已经送审或发布。\n请另起一版草稿。',
  'refusal.policies.not-in-review': '不能办。\n这一版没有在等复核。\n请起草人先送审。',
  'refusal.policies.not-published': '不能办。\n这一版还没发布。\n请先发布。',
  'refusal.policies.region-outside': '没有存上。\n这个地方的政策不归您管。\n请那里的经办人来办。',
  'refusal.policies.second-person': '不能复核：需要第二个人。\n这一版是您起草的，双人复核是定下的规矩。\n请另一位有权限的同事复核。',
  'refusal.policies.version-not-found': '没有查到这一版。\n它可能已经撤下，或不在您的范围。\n请从政策与清单里再找。',
} as const
