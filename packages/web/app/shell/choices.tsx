import { themes, usePreferences } from '../texts/preferences.tsx';
import { type Language, languages, useTexts } from '../texts/texts.ts';
import { Segmented } from '../ui/segmented.tsx';
import { texts } from './texts.ts';

export function ThemeChoice() {
  const t = useTexts(texts);
  const { theme, setTheme } = usePreferences();
  const options = themes.map((value) => ({ value, label: t[value] }));
  return <Segmented label={t.theme} value={theme} options={options} onChange={setTheme} />;
}

export function LanguageChoice() {
  const t = useTexts(texts);
  const { language, setLanguage } = usePreferences();
  const options = Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }));
  return <Segmented label={t.language} value={language} options={options} onChange={setLanguage} />;
}
