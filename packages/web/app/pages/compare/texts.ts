import { defineTexts, plural } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'Compare', zh: '对比' },
  lead: { en: (count: number) => plural(count, 'version'), zh: (count: number) => `${count} 个版本` },
  empty: { en: 'Nothing to compare yet', zh: '还没有可对比的内容' },
  emptyLead: {
    en: 'Choose versions below, or on the page Training; a job stands for all of its versions. What is compared stands in the address. The same in a terminal:',
    zh: '请在下方或“训练”页面选择版本；写作业名即表示其全部版本。对比内容保存在网址中。终端命令：',
  },
  versions: { en: 'Versions', zh: '版本' },
  versionsHint: { en: 'faces/V0001, faces/V0003 or faces', zh: 'faces/V0001、faces/V0003 或 faces' },
  add: { en: 'Add', zh: '添加' },
  remove: { en: (name: string) => `Remove ${name}`, zh: (name: string) => `移除 ${name}` },
  oneMore: { en: 'Add one more to compare.', zh: '再添加一个即可对比。' },
  baseline: { en: 'baseline', zh: '基准' },
  makeBaseline: {
    en: (name: string) => `Make ${name} the baseline`,
    zh: (name: string) => `将 ${name} 设为基准`,
  },
  json: { en: 'JSON', zh: 'JSON' },
  colorBy: { en: 'Colour by', zh: '着色依据' },
  byVersion: { en: 'version', zh: '版本' },
  all: { en: 'all rows', zh: '全部行' },
  onlyDiffering: { en: 'what differs', zh: '仅差异' },
  rows: { en: 'Rows', zh: '行' },
  figures: { en: 'Figures', zh: '指标' },
  figuresHint: {
    en: 'Best of the run, its last value below where it is another; the best of the row is marked.',
    zh: '显示运行中的最优值，不同时下方为最新值；每行最优者加以标记。',
  },
  last: { en: (value: string) => `last ${value}`, zh: (value: string) => `最新 ${value}` },
  best: { en: 'best of the row', zh: '本行最优' },
  parameters: { en: 'Parameters', zh: '参数' },
  sameParameters: { en: 'All parameters are the same.', zh: '所有参数相同。' },
  data: { en: 'Data', zh: '数据' },
  code: { en: 'Code', zh: '代码' },
  environment: { en: 'Machine', zh: '机器' },
  errorRates: { en: 'Error rates on your own pairs', zh: '自有样本对上的错误率' },
  notMeasured: {
    en: 'None of them was measured on a set of your own yet.',
    zh: '这些版本尚未在自有数据集上评估。',
  },
  measure: { en: 'Measure them', zh: '进行评估' },
  worstOf: {
    en: (version: string, set: string) => `Worst misses of ${version} on ${set}`,
    zh: (version: string, set: string) => `${version} 在 ${set} 上最严重的错误`,
  },
  curves: { en: 'Curves', zh: '曲线' },
  noCurves: { en: 'None of them reported figures over its steps.', zh: '这些版本没有按步报告指标。' },
  seeds: {
    en: (count: number) => `mean of ${count} seeds, ± 1 standard deviation`,
    zh: (count: number) => `${count} 个随机种子的均值，± 1 标准差`,
  },
  others: { en: (count: number) => `${count} others`, zh: (count: number) => `其他 ${count} 个` },
  name: { en: 'Name', zh: '名称' },
  differences: { en: 'What changed', zh: '变更' },
  diffOf: {
    en: (from: string, to: string) => `${from} → ${to}`,
    zh: (from: string, to: string) => `${from} → ${to}`,
  },
  dataChange: {
    en: (input: string, added: number, removed: number, changed: number) =>
      `${input}: ${added} added, ${removed} removed, ${changed} changed`,
    zh: (input: string, added: number, removed: number, changed: number) =>
      `${input}：新增 ${added}，删除 ${removed}，修改 ${changed}`,
  },
});
