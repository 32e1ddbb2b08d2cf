import { defineTexts } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'People', zh: '人员' },
});
