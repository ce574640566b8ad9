/** The deed could not even be tried: one sentence, what to do in it. */
export const problems = {
  'problem.badInput': '有几格写得不对，请看格子下面的话。',
  'problem.notSignedIn': '您离开了一会儿，请再登录。',
  'problem.notAllowed': '没有查到，或不在您的范围。',
  'problem.notFound': '没有查到，或不在您的范围。',
  'problem.conflict': '别人先改了。请刷新看看再定。',
  'problem.tooLarge': '太大了，服务器不收。请分几份再来。',
  'problem.tooMany': '来得太快，请过一分钟再试。',
  'problem.busy': '服务器正忙或断网了，您写的还在。请再试一次。',
  'problem.pastDay': '您在看过去的一天，只能看不能改。请先回到今天。',
  'problem.bug': '是我们的错，您写的还在。',
} as const
