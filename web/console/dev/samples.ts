/** Made-up people, places and figures for the harness only; nothing here is built into the console. */
import type { FrameApi, Me, SignInStep } from '../src/session.ts'
import type { TodayItem, TodayModel } from '../src/today/model.ts'
import type { NumDetail } from '@songbai/web-shared/widgets/Num.tsx'

export const TODAY = '2026-07-16'
/** 2026-07-16 11:20 in China. */
export const NOW = Date.UTC(2026, 6, 16, 3, 20)
const HOUR = 3_600_000

const TOWNS = ['葛城街道', '复兴街道', '巴山镇', '坪坝镇', '庙坝镇', '明通镇', '修齐镇', '高观镇', '高燕镇', '咸宜镇', '蓼子乡', '鸡鸣乡', '厚坪乡', '周溪乡', '岚天乡']

export const ME: Me = {
  name: '周岚', organisation: '县民政局 · 养老服务科', roles: ['countyClerk'], actions: ['imports.inspect', 'imports.check', 'imports.fix', 'imports.answer', 'imports.commit', 'imports.undo', 'imports.repaired', 'imports.template'], today: TODAY, demo: true, embedded: true,
  places: [{ region: '50', name: '重庆市', hasChildren: true }, { region: '500229', name: '城口县', hasChildren: true, note: '25 个乡镇街道' }],
}

export const STEP: SignInStep = { next: 'again', triesLeft: null, lockedUntil: null, secret: null, otpauthUrl: null }

export const API: FrameApi = {
  me: () => Promise.resolve({ ok: true, value: ME }),
  signIn: () => Promise.resolve({ ok: true, value: { ...STEP, next: 'code' } }),
  signInCode: () => Promise.resolve({ ok: true, value: { ...STEP, next: 'again' } }),
  choosePassword: () => Promise.resolve({ ok: true, value: { ...STEP, next: 'done' } }),
  signOut: () => Promise.resolve({ ok: true, value: null }),
  placesIn: (region) => Promise.resolve(region.length > 6 ? [] : TOWNS.map((name, at) => ({ region: `500229${String(100 + at)}`, name, hasChildren: true, note: `${6 + (at % 9)} 村` }))),
  findElders: (text) => Promise.resolve({ ok: true, value: [{ id: '1', name: `冉启${text}`, sex: 'female', age: 81, place: '咸宜镇青龙村 3 组' }, { id: '2', name: '冉隆芝', sex: 'female', age: 79, place: '鸡鸣乡灯梁村 2 组' }] }),
  counts: () => Promise.resolve({ '/today': { n: 9 }, '/entitlements': { n: 3, hot: true } }),
}

export const DETAIL: NumDetail = {
  title: '新近有资格的人', definition: '近 24 小时内，至少一项待遇由“不符合”或“未到”变为“符合”的老人。', denominator: '全县老人 12,000 人',
  exclusions: [{ label: '已故', value: '41 人' }, { label: '迁出', value: '77 人' }], at: TODAY, onExport: () => undefined,
  load: () => new Promise((done) => setTimeout(() => done({ head: ['姓名', '住处', '项目'], total: 23, rows: [['冉启秀', '咸宜镇青龙村', '护理补贴'], ['谭朝贵', '双河乡天星村', '高龄津贴']].map((cells, at) => ({ key: String(at), cells, to: `/elders/${at}` })) }), 400)),
}

const item = (id: number, icon: TodayItem['icon'], title: readonly string[], evidence: string, waitingFor: string, from: number, due: number, verb: string, sample = false): TodayItem => ({
  id: String(id), icon, title, evidence, owner: '周岚', waitingFor, startMs: NOW + from * HOUR, dueMs: NOW + due * HOUR, verb, to: `/work/${id}`, sample,
})

export const MODEL: TodayModel = {
  nowMs: NOW, mine: { n: 9, to: '/work' }, overdue: { n: 2, detail: DETAIL }, doneToday: { n: 12, to: '/work' }, dueTomorrow: { n: 4, to: '/work' },
  items: [
    item(1, 'bell', ['', '向德碧', '（蓼子乡天池村，83 岁，独居）烟感断联，未有人上门'], '7月14日 09:12 发现 · 已派骑龙村养老助理，未回执', '乡镇未接', -50, -26, '改派'),
    item(2, 'coin', ['7 月高龄津贴第 2 批 ', '11 人退票', '，银行卡号与姓名不符'], '批次 GL-202607-02 · 合计待重发', '复核 何勇', -30, -5, '核对'),
    item(3, 'check', ['', '14 人', '经济困难失能护理补贴待审批（免申即享，材料已齐）'], '咸宜镇 6 · 巴山镇 5 · 双河乡 3 · 每人理由已列', '需第二人', -20, 3.34, '审批'),
    item(4, 'shield', ['高燕镇敬老院', '厨房燃气软管老化', '，整改期限今天 17:00'], '7月9日检查发现 · 橙色隐患 · 已传整改照片 2 张', '院方 冉院长', -22, 5.67, '复查'),
    item(5, 'people', ['', '龚显明', '：公安比对为已故（7月10日），我方仍有护理补贴 1 项'], '来源冲突 · 已自动暂缓发放，请确认', '修齐镇 协办', -18, 6.7, '确认'),
    item(6, 'doc', ['庙坝镇南坪村更名合并：', '37 位老人', '待确认新住址编码'], '区划变更 2026-07-01 生效 · 旧编码自动接续', '庙坝镇 协办', -16, 6.8, '查看'),
    item(7, 'clipboard', ['', '52 人', '能力评估 30 天内到期，其中 8 人影响补贴'], '评估员 4 名可排 · 最早一人 7月19日 失效', '评估所', -34, 51, '排期'),
    item(8, 'lab', ['政策草案《护理补贴 2026-09》等您作为', '第二人复核'], '每月增加 6.1 万元 · 受益 598 人 · 受损 0 人', '起草 何勇', -30, 72, '复核', true),
    item(9, 'list', ['县医保局比对结果回来：', '只有对方有 96 人', '、值不同 41 人'], '7月15日 对账 · 已自动解决 1,204 条', '数据员 谭敏', -20, 73, '处理'),
  ],
  newly: {
    all: { n: 23, detail: DETAIL }, soon: { n: 41, detail: DETAIL }, to: '/entitlements',
    items: [['高龄津贴（满 80 岁）', '今起', 9], ['经济困难失能护理补贴', '评估变化', 6], ['居家适老化改造', '新认定低保', 5], ['特困分散供养照料护理', '等级变化', 2], ['残疾人两项补贴衔接', '残联比对', 1]].map(([name, because, n]) => ({ item: String(name), because: String(because), count: { n: Number(n), detail: DETAIL } })),
  },
  behind: {
    total: 38,
    list: [
      { id: 'a', name: '乡镇敬老院社会化运营率', value: '55.6%', to: '/indicators', target: '≥60%', at: 0.556, targetAt: 0.6, note: '10／18 家，差 1 家 · 责任 养老服务科 · 依据 156号 一(三)' },
      { id: 'b', name: '养老护理员培训', value: '163', to: '/indicators', target: '200 人', at: 0.815, targetAt: 1, note: '差 37 人，已排 2 期 30 人 · 依据 156号 二(十)' },
      { id: 'c', name: '村级互助养老点', value: '108', to: '/indicators', target: '113 个', at: 0.956, targetAt: 1, note: '差 5 个：厚坪 2 · 蓼子 2 · 沿河 1 · 一(一)' },
      { id: 'd', name: '失能照护中心护理型床位占比', value: '77.5%', to: '/indicators', target: '≥80%', at: 0.775, targetAt: 0.8, note: '62／80 张，差 2 张 · 依据 156号 二(一)' },
    ],
  },
}
