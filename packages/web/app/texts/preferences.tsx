import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { type Language, LanguageContext, languages } from './texts.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

interface Preferences {
  theme: Theme;
  language: Language;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
}

const PreferencesContext = createContext<Preferences | null>(null);

/** How this browser wants the page: nothing else is ever kept in its storage. */
export function usePreferences(): Preferences {
  const preferences = use(PreferencesContext);
  if (preferences === null) throw new Error('there are no preferences around this component');
  return preferences;
}

/** What a browser without storage, or with another version's, says is as if it had said nothing. */
function stored<T extends string>(key: string, allowed: readonly T[]): T | null {
  try {
    return allowed.find((one) => one === localStorage.getItem(key)) ?? null;
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // kept until the page is closed
  }
}

const preferredLanguage = (): Language =>
  navigator.languages.find((name) => /^(zh|en)\b/.test(name))?.startsWith('zh') ? 'zh' : 'en';

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(() => stored('theme', themes) ?? 'system');
  const [language, setLanguage] = useState<Language>(
    () => stored('language', Object.keys(languages) as Language[]) ?? preferredLanguage(),
  );
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
  }, [language]);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  const value = useMemo<Preferences>(
    () => ({
      ...{ theme, language },
      setTheme(wanted) {
        store('theme', wanted);
        setTheme(wanted);
      },
      setLanguage(wanted) {
        store('language', wanted);
        setLanguage(wanted);
      },
    }),
    [theme, language],
  );
  return (
    <PreferencesContext value={value}>
      <LanguageContext value={language}>{children}</LanguageContext>
    </PreferencesContext>
  );
}
