import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'Evaluations', zh: '评估' },
  evaluate: { en: 'Evaluate versions', zh: '评估版本' },
  emptyTitle: { en: 'Nothing was measured yet', zh: '尚无评估' },
  emptyLead: {
    en: 'Measure versions on pairs of photos that none of them was trained on: only those say what people will meet.',
    zh: '请用未参与训练的照片对来评估版本，这样才能反映实际使用效果。',
  },
  evaluation: { en: 'Evaluation', zh: '评估' },
  measured: { en: 'Of', zh: '对象' },
  set: { en: 'On', zh: '数据集' },
  state: { en: 'State', zh: '状态' },
  figures: { en: 'Figures', zh: '指标' },
  begun: { en: 'Begun', zh: '开始时间' },
  lead: {
    en: (version: string, set: string) => `${version} on ${set}`,
    zh: (version: string, set: string) => `${version}，数据集 ${set}`,
  },
  asVersion: { en: 'Log and parameters', zh: '日志与参数' },
  notYet: { en: 'It is still measuring.', zh: '正在评估。' },
  noReport: { en: 'It left no report.', zh: '没有生成报告。' },
  roc: { en: 'ROC', zh: 'ROC 曲线' },
  det: { en: 'DET', zh: 'DET 曲线' },
  far: { en: 'false accept rate', zh: '误识率' },
  tar: { en: 'true accept rate', zh: '通过率' },
  fmr: { en: 'false match rate', zh: '误匹配率 FMR' },
  fnmr: { en: 'false non-match rate', zh: '漏匹配率 FNMR' },
  interval: { en: '95 % interval', zh: '95 % 区间' },
  operating: { en: 'Operating points', zh: '工作点' },
  groups: { en: 'By group, at the common threshold', zh: '按群组（统一阈值）' },
  worst: { en: 'Worst misses', zh: '最严重的错误' },
  accuracy: { en: 'Accuracy', zh: '准确率' },
  eer: { en: 'Equal error rate', zh: '等错误率' },
  threshold: { en: 'Threshold', zh: '阈值' },
  pairs: { en: 'Pairs', zh: '样本对' },
  missed: {
    en: (count: number) => `${count} with a photo that gave no face`,
    zh: (count: number) => `其中 ${count} 对有照片未检出人脸`,
  },
  // the form
  beginLead: {
    en: 'Each version becomes an evaluation of the job “evaluations”.',
    zh: '每个版本会在作业“evaluations”中生成一次评估。',
  },
  versions: { en: 'Versions', zh: '版本' },
  versionsHint: {
    en: 'As faces/V0003, separated by commas; a job for all of it.',
    zh: '如 faces/V0003，用逗号分隔；作业名表示其全部版本。',
  },
  pairsHint: {
    en: 'A list of pairs, or a verification set (.bin), among the data of the service.',
    zh: '服务数据目录中的样本对列表或验证集（.bin）。',
  },
  data: { en: 'Photos', zh: '照片' },
  dataHint: {
    en: 'The folder that the paths of the list start from; not for a .bin.',
    zh: '列表中路径的起始文件夹；.bin 无需填写。',
  },
  crops: { en: 'They are faces that were cut out and aligned', zh: '照片为已裁剪对齐的人脸' },
  detector: { en: 'Detector', zh: '检测器' },
  detectorHint: {
    en: 'Finds the faces: a version, or a model by its name.',
    zh: '用于查找人脸：某个版本或模型名称。',
  },
});
