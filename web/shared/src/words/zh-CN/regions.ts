/** Places: refusals of the division tree. */
export const regions = {
  'refusal.regions.badCode': '没有存上。\n区划代码要 12 位数字，前几位要是上级的。\n请对一对代码。',
  'refusal.regions.badShare': '没有存上。\n拆分的各份加起来不是整数一。\n请改一改各份的比例。',
  'refusal.regions.childUnassigned': '没有存上。\n有的下级没说归到哪里，一个也不能丢。\n请给每个下级选去处。',
  'refusal.regions.codeTaken': '没有存上。\n这个代码那天已经有地方在用。\n请换一个代码。',
  'refusal.regions.hasChildren': '不能撤销这个地方。\n它下面还有地方。\n请先给下级选去处。',
  'refusal.regions.laterChange': '没有存上。\n这个地方在那天以后还有变动，前面一改后面就对不上。\n请先看后面的变动。',
  'refusal.regions.noName': '没有存上。\n新的地方没写名字。\n请写上名字。',
  'refusal.regions.noParent': '没有存上。\n那天没有这个上级。\n请选那天还在的上级。',
  'refusal.regions.notADay': '没有存上。\n日历上没有这一天。\n请写成 2024-03-05 这样。',
  'refusal.regions.outside': '没有存上。\n这个地方不归您管。\n请管那里的系统管理员来登记。',
  'refusal.regions.parentUnder': '没有存上。\n上级不能是它自己下面的地方。\n请另选上级。',
  'refusal.regions.unknown': '没有查到这个地方。\n那天没有这个代码，或已经撤并。\n请按名字再找一找。',
  'refusal.regions.wrongLevel': '没有存上。\n级别对不上，村上面是乡镇，乡镇上面是县。\n请另选上级或改代码。',
  'refusal.regions.wrongShape': '没有存上。\n这种变动前后地方的数目不对，比如合并要几个变一个。\n请对一对前后两边。',
} as const
