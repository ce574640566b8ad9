/**
 * Every expected no, by its code. Three lines: what · why, by whose rule · what now.
 * A capability adds its own codes in its own file under the same `refusal.` prefix.
 */
export const refusals = {
  'refusal.unknownCode': '没有办成。\n这件事不符合现在的规定（{code}）。\n请把这个编号告诉管理员。',
  'refusal.wrongCode': '动态口令不对。\n它每 30 秒换一次，写慢了就过了。\n请看手机上新的 6 位数字。',
} as const
