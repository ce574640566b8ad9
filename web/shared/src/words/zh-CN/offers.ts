/** 服务找人: who was found, told, asked, approved. */
export const offers = {
  'refusal.offers.not-found': '没有查到这件服务找人的事。\n不在您的范围，或已经并到别处。\n请从服务找人的名单重新打开。',
} as const
