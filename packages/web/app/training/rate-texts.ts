import { defineTexts } from '../texts/texts.ts';

export const texts = defineTexts({
  version: { en: 'Version', zh: '版本' },
  baseline: { en: 'baseline', zh: '基准' },
  fnmrAt: {
    en: (rate: string) => `FNMR at FMR ${rate}`,
    zh: (rate: string) => `FMR ${rate} 时的 FNMR`,
  },
  eer: { en: 'EER', zh: '等错误率' },
  accuracy: { en: 'Accuracy', zh: '准确率' },
  ratesOn: { en: (set: string) => `Error rates on ${set}`, zh: (set: string) => `${set} 上的错误率` },
  otherPairs: {
    en: 'The list of pairs was changed between these measurements: only rows of one table compare.',
    zh: '这些测量之间样本对列表有变动：只有同一表格内的行可以比较。',
  },
  samePerson: { en: 'One person, judged least alike', zh: '同一人，判定最不相似' },
  twoPeople: { en: 'Two people, judged most alike', zh: '不同人，判定最相似' },
  noMisses: { en: 'No pairs were kept.', zh: '没有保存样本对。' },
});
