/** 消息: what is said to people and how far it came. */
export const messages = {
  'refusal.messages.not-found': '没有查到这条消息。\n不在您的范围，或不是给您的。\n请从消息页重新打开。',
  'refusal.messages.ended': '没有记上。\n这条消息已经有了答复，或不用再送。\n请看它的经过。',
  'refusal.messages.not-reached-why': '还不能记。\n没找到人，要写一句为什么，下一个人才知道怎么找。\n请写上，比如“关机”“不在家”。',
  'refusal.messages.answered-already': '不用再送。\n对方已经答复了。\n请看答复。',
  'refusal.messages.channel-cannot': '没有改送。\n这个办法送不到这个人。\n请换一个办法，或打电话。',
  'refusal.messages.quiet-whole-day': '没有存上。\n安静时段不能是一整天，那样电话永远打不出去。\n请留出能打电话的时间。',
  'refusal.messages.gateway-off': '没有收下。\n这个县没有接短信网关。\n请管理员先设好网关。',
  'refusal.messages.signature-wrong': '没有收下。\n签名对不上，不能证明是网关发来的。\n请核对网关和本系统的密钥。',
  'refusal.messages.receipt-old': '没有收下。\n回执的时间和现在差了五分钟以上。\n请校准网关的时钟再发。',
} as const
