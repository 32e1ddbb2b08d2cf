import { defineTexts, plural } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'Audit', zh: '审计' },
  lines: { en: (count: number) => plural(count, 'line'), zh: (count: number) => `${count} 行` },
  time: { en: 'Time', zh: '时间' },
  action: { en: 'Change', zh: '变更' },
  of: { en: 'Of', zh: '对象' },
  by: { en: 'By', zh: '操作者' },
  person: { en: 'Name of a person', zh: '人员姓名' },
  outcome: { en: 'Outcome', zh: '结果' },
  any: { en: 'any', zh: '全部' },
  done: { en: 'done', zh: '完成' },
  failed: { en: 'failed', zh: '失败' },
  begun: { en: 'begun', zh: '已开始' },
  older: { en: 'Older ones', zh: '更早的记录' },
  faces: { en: (count: number) => plural(count, 'face'), zh: (count: number) => `${count} 张人脸` },
  hash: { en: (start: string) => `person ${start}…`, zh: (start: string) => `人员 ${start}…` },
  whole: {
    en: (count: number) =>
      `The chain is whole: ${count === 1 ? 'its one line is' : `all ${count.toLocaleString('en')} lines are`} as written, and none is missing between them.`,
    zh: (count: number) => `链条完整：全部 ${count} 行均未被改动，中间无缺失。`,
  },
  broken: {
    en: (line: number, why: string) => `Line ${line}: ${why}. What comes after it is not shown.`,
    zh: (line: number, why: string) => `第 ${line} 行：${why}。其后内容不予显示。`,
  },
  seal: { en: 'Last seal', zh: '最后封印' },
  nothingTitle: { en: 'Nothing was changed so', zh: '没有符合条件的变更' },
  nothingLead: {
    en: 'Whoever enrols, renames or erases people, deploys models, or makes keys is written down here before it is done.',
    zh: '登记、改名、删除人员，部署模型或创建密钥，都会在执行前记录于此。',
  },
});

/** What is written down, by the audit's own words. */
export const actions = defineTexts({
  enrol: { en: 'enrol', zh: '登记' },
  name: { en: 'name', zh: '命名' },
  rename: { en: 'rename', zh: '改名' },
  merge: { en: 'merge', zh: '合并' },
  split: { en: 'split', zh: '拆分' },
  undo: { en: 'undo', zh: '撤销' },
  erase: { en: 'erase', zh: '删除' },
  'erase everybody': { en: 'erase everybody', zh: '全部删除' },
  reject: { en: 'reject', zh: '否认' },
  'take back': { en: 'take back', zh: '撤回否认' },
  review: { en: 'review', zh: '复核' },
  restore: { en: 'restore', zh: '恢复' },
  deploy: { en: 'deploy', zh: '部署' },
  'roll back': { en: 'roll back', zh: '回滚' },
  'create key': { en: 'create key', zh: '创建密钥' },
  'revoke key': { en: 'revoke key', zh: '吊销密钥' },
});
