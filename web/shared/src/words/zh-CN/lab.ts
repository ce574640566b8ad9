/** Policy lab. */
export const lab = {
  'refusal.lab.unreadable': '不能试算。\n这份政策还读不通，或和现行的其他政策对不上。\n请先把检查里的问题改好。',
  'refusal.lab.version-not-found': '没有查到这一版。\n它可能已经撤下，或不在您的范围。\n请从政策实验室里再找。',
  'refusal.lab.elder-not-found': '没有查到这位老人。\n不在册，或不在您的范围。\n请换一位老人。',
  'refusal.lab.region-outside': '没有存上。\n这个地方的政策不归您管。\n请那里的经办人来存。',
  'refusal.lab.name-taken': '没有存上。\n已有一个情景叫“{name}”，存下的情景不能改。\n请换一个名字。',
  'refusal.lab.scenario-not-found': '没有查到这个情景。\n它可能已经删去，或不在您的范围。\n请刷新后再看。',
  'refusal.lab.not-open': '不能送审。\n只有草稿能送，这一版已经送审或发布。\n请另起一版草稿。',
  'refusal.lab.past-change': '还没有送审。\n有标准从 {from} 起改变，早于今天，以前的月份要补发或追回。\n请看清数目，确认后再送。',
} as const
