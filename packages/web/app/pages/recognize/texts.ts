import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'Recognize', zh: '识别' },
  lead: { en: 'Who is in a photo', zh: '照片中是谁' },
});
